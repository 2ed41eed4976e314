//! Fetches Designsystemet, the public sector's shared design system, for the pages.
//!
//! The package is named, with its checksum, by `web/package-lock.json` and unpacked by npm below `OUT_DIR`; the source tree is
//! left alone. `FIRSTLINE_DESIGNSYSTEMET` names a folder with the package's files instead (a `dist` folder in it), for builds
//! without a network. Where npm is missing or fails, `plain.css` takes its place and the build says so once.
//! A build that had to do without tries again once this file, the lock or the variable changes.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Names a folder with the package's files.
const FOLDER: &str = "FIRSTLINE_DESIGNSYSTEMET";

/// What stands in where there is none.
const PLAIN: &str = "src/desk/assets/css/plain.css";

/// What npm reads.
const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];

/// The package, below `node_modules`.
const PACKAGE: &str = "@digdir/designsystemet-css";

/// How long npm may take.
const DEADLINE: Duration = Duration::from_mins(2);

/// A stylesheet and what it is called.
struct Look {
    name: String,
    css: String,
}

fn main() -> io::Result<()> {
    for file in ["build.rs", PLAIN, "web/package.json", "web/package-lock.json"] {
        println!("cargo:rerun-if-changed={file}");
    }
    println!("cargo:rerun-if-env-changed={FOLDER}");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no OUT_DIR"))?);
    let look = match std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()) {
        // Whoever names a folder wants what is in it, and nothing else.
        Some(folder) => read(Path::new(&folder)).map_err(|error| io::Error::other(format!("{FOLDER}: {error}")))?,
        None => fetched(&out).or_else(|reason| plain(&reason))?,
    };
    fs::write(out.join("look.css"), look.css)?;
    println!("cargo:rustc-env=FIRSTLINE_LOOK={}", look.name);
    Ok(())
}

/// Our own stylesheet, with a warning.
fn plain(reason: &io::Error) -> io::Result<Look> {
    println!("cargo:warning=Designsystemet could not be fetched, so the pages get the plain stylesheet: {reason}");
    Ok(Look { name: "plain".to_owned(), css: fs::read_to_string(PLAIN)? })
}

/// The package from the registry, or from an earlier build of the same lock.
fn fetched(out: &Path) -> io::Result<Look> {
    let folder = out.join("designsystemet");
    let package = folder.join("node_modules").join(PACKAGE);
    let unpacked = MANIFESTS.iter().all(|name| {
        let (ours, theirs) = (fs::read(Path::new("web").join(name)), fs::read(folder.join(name)));
        ours.is_ok_and(|ours| theirs.is_ok_and(|theirs| ours == theirs))
    });
    if unpacked && let Ok(look) = read(&package) {
        return Ok(look);
    }
    fs::create_dir_all(&folder)?;
    for name in MANIFESTS {
        fs::copy(Path::new("web").join(name), folder.join(name))?;
    }
    npm(&folder)?;
    read(&package)
}

/// Unpacks what the lock names. No package may run anything of its own.
fn npm(folder: &Path) -> io::Result<()> {
    let report = folder.join("npm.log");
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&report)?);
    let ended = within(DEADLINE, &mut command.spawn().map_err(|error| io::Error::other(format!("npm: {error}")))?)?;
    if ended.success() {
        return Ok(());
    }
    let told = fs::read_to_string(&report)?;
    let reason = told.lines().find(|line| line.starts_with("npm error")).unwrap_or("npm error unknown");
    Err(io::Error::other(format!("{reason} ({ended})")))
}

/// The end of a process, which is killed where that does not come in time.
fn within(deadline: Duration, child: &mut Child) -> io::Result<ExitStatus> {
    let begun = Instant::now();
    loop {
        if let Some(ended) = child.try_wait()? {
            return Ok(ended);
        }
        if begun.elapsed() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::other(format!("npm took more than {} s", deadline.as_secs())));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The stylesheet of an unpacked package, under its licence.
fn read(package: &Path) -> io::Result<Look> {
    let text = |name: &str| {
        let path = package.join(name);
        fs::read_to_string(&path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
    };
    let (components, theme) = (text("dist/src/index.css")?, text("dist/theme/designsystemet.css")?);
    let name = match fs::read_to_string(package.join("package.json")) {
        Ok(manifest) => format!("Designsystemet {}", version(&manifest)),
        Err(_) => "Designsystemet".to_owned(),
    };
    let css = format!("/*! {name} (MIT), Copyright Digitaliseringsdirektoratet (Digdir) */\n{components}\n{theme}\n");
    Ok(Look { name, css })
}

/// The version in a package's manifest.
fn version(manifest: &str) -> &str {
    let field = manifest.lines().find_map(|line| line.trim().strip_prefix("\"version\": \""));
    field.and_then(|rest| rest.split('"').next()).unwrap_or_default()
}
