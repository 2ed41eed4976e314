//! How the channels are, and the figures of the process.

use std::sync::Arc;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::channels::discord::{CHANNEL, Discord, GatewayState};
use crate::desk::{ChannelReport, Condition, Health};
use crate::domain::ids::ChannelName;

/// The channels that this process runs, besides its own pages.
pub(super) struct Channels {
    pub(super) discord: Option<Arc<Discord>>,
}

impl Health for Channels {
    fn channels(&self) -> Vec<ChannelReport> {
        let report =
            |discord: &Arc<Discord>| ChannelReport { channel: ChannelName::new(CHANNEL), condition: condition(discord.state()) };
        self.discord.iter().map(report).collect()
    }
}

fn condition(state: GatewayState) -> Condition {
    match state {
        GatewayState::Connected { hears_everything: true } => Condition::Up,
        GatewayState::Connecting => Condition::Connecting,
        limited @ GatewayState::Connected { hears_everything: false } => Condition::Limited { reason: limited.to_string() },
        down @ (GatewayState::Refused(_) | GatewayState::Stopped) => Condition::Down { reason: down.to_string() },
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
