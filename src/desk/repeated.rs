//! Requests that may be sent twice: the name that a client gives to one becomes its receipt.

use super::employee_key::hash_of;
use crate::domain::decision::Receipt;
use crate::domain::ids::{ChannelName, ExternalId};

/// The receipt of what `who` sent about `what` under this name of their own. Others' names, and names for other things, are
/// others. It is hashed, so that whatever a client uses as a name is not kept as it is.
#[must_use]
pub fn receipt(who: &str, what: &str, client_id: &str) -> Receipt {
    let name = hash_of(&[who, what, client_id].join("\n")).0;
    Receipt { channel: ChannelName::new("desk"), external_id: ExternalId::new(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_its_users_own_and_good_for_one_thing() {
        let first = receipt("desk:kari", "1001/reply", "c-1");
        assert_eq!(first, receipt("desk:kari", "1001/reply", "c-1"));
        for other in [receipt("desk:per", "1001/reply", "c-1"), receipt("desk:kari", "1001/note", "c-1")] {
            assert_ne!(first, other);
        }
        assert!(!first.external_id.as_str().contains("c-1"));
    }
}
