//! Where a conversation lives.

use super::ids::ChannelName;

/// A spot where an employee and Firstline write to each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The channel that knows the address.
    pub channel: ChannelName,
    /// The channel's own address of the spot.
    pub address: String,
    /// How lines reach the employee there.
    pub delivery: Delivery,
}

/// Who reads what is answered where an employee wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Readers {
    /// The employee alone.
    Alone,
    /// Others as well.
    Others,
}

/// How lines reach an employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// The employee's page reads them from the store; nothing has to be sent.
    Read,
    /// They are sent through the outbox.
    Pushed,
}
