//! Arguments, configuration, app.

use std::process::ExitCode;

use firstline::app::{self, AppError};
use firstline::cli::{self, Cli, Command, Ended};
use firstline::config::Config;
use firstline::ports::Clock;
use firstline::search::shipped_thresholds;
use firstline::system::SystemClock;

fn main() -> ExitCode {
    cli::exit_code(run(&cli::parse()))
}

fn run(arguments: &Cli) -> anyhow::Result<Ended> {
    let config = arguments.globals.load(shipped_thresholds())?;
    let ended = match &arguments.command {
        Some(Command::Tool(tool)) => cli::run_tool(tool, &config, &app::filter, SystemClock.now())?,
        Some(Command::SignInLink(invited)) => waiting(app::sign_in_link(&config, invited))?,
        Some(Command::Doctor) => waiting(app::doctor(&config))?,
        Some(Command::Serve) | None => serve(config)?,
    };
    Ok(ended)
}

fn serve(config: Config) -> Result<Ended, AppError> {
    app::write_log(&config.log);
    waiting(app::serve(config))
}

/// Runs what waits: on as many threads as there are cores, and without waiting for a thread that hangs when it is done.
fn waiting<T>(work: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| AppError::Runtime(error.to_string()))?;
    let ended = runtime.block_on(work);
    runtime.shutdown_background();
    ended
}
