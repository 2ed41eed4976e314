//! Until when a ticket is put aside, as operators choose it where their clock hangs.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use crate::domain::time::Timestamp;

/// At which hour a working day begins.
const MORNING: i8 = 8;

/// A moment that is often chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preset {
    /// In an hour.
    Hour,
    /// Tomorrow morning.
    Tomorrow,
    /// Next Monday morning.
    Monday,
}

impl Preset {
    /// All of them, soonest first.
    pub(super) const ALL: [Self; 3] = [Self::Hour, Self::Tomorrow, Self::Monday];

    /// The word in the form.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Tomorrow => "tomorrow",
            Self::Monday => "monday",
        }
    }

    /// The moment that is meant by it now.
    fn after(self, now: &Zoned) -> Option<Zoned> {
        let days = match self {
            Self::Hour => return now.checked_add(1.hour()).ok(),
            Self::Tomorrow => 1,
            Self::Monday => 7 - i32::from(now.weekday().to_monday_zero_offset()),
        };
        let day = now.date().checked_add(days.days()).ok()?;
        day.at(MORNING, 0, 0, 0).to_zoned(now.time_zone().clone()).ok()
    }
}

/// The moment that a form names: by a preset's word, else as a date and time of this time zone, `2026-11-23T08:00`.
pub(super) fn until(preset: &str, written: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let now = jiff::Timestamp::from_microsecond(now.micros()).ok()?.to_zoned(zone.clone());
    let until = match Preset::ALL.into_iter().find(|one| one.as_str() == preset) {
        Some(preset) => preset.after(&now)?,
        None => written.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?,
    };
    Some(Timestamp::from_micros(until.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_meant_where_the_clock_hangs() {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        let moment = |text: &str| Timestamp::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        let cases = [
            // Sunday 22 November 2026, 23:30 in Oslo.
            ("2026-11-22T22:30:00Z", "hour", "", Some("2026-11-22T23:30:00Z")),
            ("2026-11-22T22:30:00Z", "tomorrow", "", Some("2026-11-23T07:00:00Z")),
            ("2026-11-22T22:30:00Z", "monday", "", Some("2026-11-23T07:00:00Z")),
            ("2026-11-23T09:00:00Z", "monday", "", Some("2026-11-30T07:00:00Z")),
            // The night when the clock goes back.
            ("2026-10-24T09:00:00Z", "tomorrow", "", Some("2026-10-25T07:00:00Z")),
            ("2026-11-22T22:30:00Z", "", "2026-07-01T08:00", Some("2026-07-01T06:00:00Z")),
            ("2026-11-22T22:30:00Z", "", "i morgen", None),
            ("2026-11-22T22:30:00Z", "", "", None),
        ];
        for (now, preset, written, expected) in cases {
            assert_eq!(until(preset, written, moment(now), &zone), expected.map(moment), "{now} {preset}{written}");
        }
    }
}
