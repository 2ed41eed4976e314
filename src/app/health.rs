//! How the channels are, and the figures of the process.

use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use crate::channels::discord::{CHANNEL, Discord, GatewayState};
use crate::desk::{ChannelReport, Condition, Health};
use crate::domain::ids::ChannelName;
use crate::identity::Provider;
use crate::ports::{Identity, Standing};

/// The channels that this process runs besides its own pages, and the service that people sign in with.
pub(super) struct Channels {
    pub(super) discord: Option<Arc<Discord>>,
    /// The service that people sign in with.
    pub(super) provider: Option<Arc<Provider>>,
}

impl Health for Channels {
    fn channels(&self) -> Vec<ChannelReport> {
        let report = |discord: &Arc<Discord>| {
            let state = discord.state();
            ChannelReport { channel: ChannelName::new(CHANNEL), notice: notice(&state), condition: condition(state) }
        };
        let sign_in = |provider: &Arc<Provider>| ChannelReport {
            channel: ChannelName::new("sign-in"),
            notice: None,
            condition: condition_of(provider.standing()),
        };
        self.discord.iter().map(report).chain(self.provider.iter().map(sign_in)).collect()
    }
}

/// What operators are told of the connection.
const fn notice(state: &GatewayState) -> Option<&'static str> {
    match state {
        GatewayState::Connected { hears_everything: true } => None,
        GatewayState::Connected { hears_everything: false } => Some("discord.desk_limited"),
        GatewayState::Connecting | GatewayState::Waiting { .. } | GatewayState::Refused(_) | GatewayState::Stopped => {
            Some("discord.desk_down")
        }
    }
}

fn condition(state: GatewayState) -> Condition {
    match state {
        GatewayState::Connected { hears_everything: true } => Condition::Up,
        GatewayState::Connecting => Condition::Connecting,
        limited @ GatewayState::Connected { hears_everything: false } => Condition::Limited { reason: limited.to_string() },
        down @ (GatewayState::Refused(_) | GatewayState::Waiting { .. } | GatewayState::Stopped) => {
            Condition::Down { reason: down.to_string() }
        }
    }
}

fn condition_of(standing: Standing) -> Condition {
    match standing {
        Standing::Unknown => Condition::Connecting,
        Standing::Answers => Condition::Up,
        Standing::Silent { reason } => Condition::Down { reason },
    }
}

/// Counts for the whole process. Where that is done already (several instances in one process, as in tests),
/// the handle stays without figures.
pub(super) fn metrics() -> PrometheusHandle {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("figures are counted by another instance in this process");
    }
    handle
}

/// How often measured times are summed up; until then each takes its own room in memory, whether anybody reads the figures or not.
const SUM_UP_EVERY: Duration = Duration::from_secs(5);

/// Keeps the figures small until told to stop.
pub(super) async fn sum_up(figures: PrometheusHandle, stop: CancellationToken) {
    let summed = async {
        loop {
            tokio::time::sleep(SUM_UP_EVERY).await;
            figures.run_upkeep();
        }
    };
    stop.run_until_cancelled(summed).await;
}
