//! The program git, run as a child process; it lives here and nowhere else.
//!
//! No shell, no prompt, nothing of our environment but where programs and the user's own settings are. A commit takes the one
//! file that it is about: what others have staged or changed stays as it is. Each call has a deadline.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::domain::time::Timestamp;
use crate::ports::{Changed, CommitAs, CommitId, GitTrouble, PastVersion};

/// How long git may read.
const TO_READ: Duration = Duration::from_secs(5);
/// How long git may write, hooks included.
const TO_WRITE: Duration = Duration::from_secs(10);
/// How long git may tidy up after it was told to end.
const TO_END: Duration = Duration::from_millis(500);
/// The most that is read of what git prints, in bytes.
const MOST_PRINTED: u64 = 32 * 1024 * 1024;
/// The most that is told of git's own words, in characters.
const MOST_TOLD: usize = 400;
/// How many versions a history holds.
const VERSIONS: &str = "--max-count=100";
/// How many commits are gone through for when files last changed.
const COMMITS: &str = "--max-count=20000";
/// What stands before a commit, and between the parts of its line.
const MARK: char = '\u{1e}';
const GAP: char = '\u{1f}';

/// The variables that git and its hooks may know of ours.
const KEPT: [&str; 6] = ["PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "USER", "LOGNAME"];
/// What git is told besides: plain words, no prompts, paths as they are, no locks for reading.
const TOLD: [(&str, &str); 6] = [
    ("LC_ALL", "C.UTF-8"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_LITERAL_PATHSPECS", "1"),
    ("GIT_PAGER", "cat"),
    ("GIT_EDITOR", "true"),
];

/// The Git work tree that a folder is in.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// The folder as seen from the top of the work tree, with a slash at the end; empty at the top.
    prefix: String,
}

/// The host that stands in addresses which nobody reads.
#[derive(Clone, Debug)]
pub(super) struct NoReply(pub(super) String);

/// When each file last changed, up to a commit.
#[derive(Clone, Debug, Default)]
pub(super) struct LastChanges {
    head: Option<CommitId>,
    pub(super) files: HashMap<PathBuf, Changed>,
}

struct Ended {
    well: bool,
    printed: String,
    complained: String,
}

impl Git {
    /// The work tree around a folder; `None` where there is none, or no git.
    pub(super) fn around(folder: &Path) -> Option<Self> {
        let bare = Self { folder: folder.to_owned(), prefix: String::new() };
        let ended = bare.run(["rev-parse", "--is-inside-work-tree", "--show-prefix"], TO_READ).ok().filter(|ended| ended.well)?;
        let (inside, prefix) = ended.printed.split_once('\n')?;
        (inside == "true").then(|| Self { prefix: prefix.trim_end_matches('\n').to_owned(), ..bare })
    }

    /// Commits one file as it is, removed where it is gone; `None` where Git has it so already.
    ///
    /// # Errors
    /// [`GitTrouble`] where nothing is committed.
    pub(super) fn commit(&self, file: &Path, commit: &CommitAs, no_reply: &NoReply) -> Result<Option<CommitId>, GitTrouble> {
        let status =
            self.printed(["status", "--porcelain", "-z", "--ignored", "--untracked-files=all", "--", text(file)], TO_READ)?;
        match status.get(..2) {
            None => return Ok(None),
            Some("!!") => return Err(GitTrouble::Ignored),
            Some("??") => {
                self.printed(["add", "--intent-to-add", "--", text(file)], TO_WRITE)?;
                self.commit_known(file, commit, no_reply).inspect_err(|_| {
                    // As it was before; where that fails too, the file is announced to Git and nothing is lost.
                    let _ = self.run(["rm", "--cached", "--quiet", "--force", "--", text(file)], TO_WRITE);
                })?;
            }
            Some(_) => self.commit_known(file, commit, no_reply)?,
        }
        let made = self.printed(["log", "--max-count=1", "--format=%H", "--", text(file)], TO_READ)?;
        Ok(CommitId::new(made.trim()))
    }

    fn commit_known(&self, file: &Path, commit: &CommitAs, NoReply(host): &NoReply) -> Result<(), GitTrouble> {
        let name = plain_name(&commit.name);
        let email =
            commit.email.as_deref().filter(|email| is_address(email)).map_or_else(|| format!("no-reply@{host}"), str::to_owned);
        let author = format!("--author={name} <{email}>");
        let mut command = self.command(["commit", "--quiet", "--only", &author, "-m", &commit.message, "--", text(file)]);
        command.env("GIT_COMMITTER_NAME", "Firstline").env("GIT_COMMITTER_EMAIL", format!("firstline@{host}"));
        fine(ended(&mut command, TO_WRITE)?).map(drop)
    }

    /// The latest versions of a file, newest first.
    pub(super) fn history(&self, file: &Path) -> Result<Vec<PastVersion>, GitTrouble> {
        if self.head()?.is_none() {
            return Ok(Vec::new());
        }
        let format = format!("--format=%H{GAP}%at{GAP}%an{GAP}%s");
        let printed = self.printed(["log", VERSIONS, &format, "--", text(file)], TO_READ)?;
        Ok(printed.lines().filter_map(past_version).collect())
    }

    /// A file's text as it was after a commit; `None` where it had none then.
    pub(super) fn past(&self, file: &Path, commit: &CommitId) -> Result<Option<String>, GitTrouble> {
        let name = format!("{}:./{}", commit.as_str(), text(file));
        let ended = self.run(["cat-file", "blob", &name], TO_READ)?;
        Ok(ended.well.then_some(ended.printed))
    }

    /// Brings what is known of the last changes up to the present commit.
    pub(super) fn follow(&self, known: &mut LastChanges) -> Result<(), GitTrouble> {
        let head = self.head()?;
        if head == known.head {
            return Ok(());
        }
        let Some(new) = &head else {
            *known = LastChanges::default();
            return Ok(());
        };
        let range =
            known.head.as_ref().map_or_else(|| new.as_str().to_owned(), |old| format!("{}..{}", old.as_str(), new.as_str()));
        let format = format!("--format={MARK}%at{GAP}%an");
        let printed =
            self.run(["log", COMMITS, "--relative", "--name-only", "--no-renames", &format, &range, "--", "."], TO_READ)?;
        if !printed.well {
            // The old commit is gone from the repository: begun anew the next time.
            *known = LastChanges::default();
            return Ok(());
        }
        known.files.extend(last_changes(&printed.printed));
        known.head = head;
        Ok(())
    }

    /// Whether Git does not have a file as it is.
    pub(super) fn is_uncommitted(&self, file: &Path) -> bool {
        let status = self.printed(["status", "--porcelain", "-z", "--untracked-files=all", "--", text(file)], TO_READ);
        status.is_ok_and(|status| !status.is_empty())
    }

    /// The files that Git does not have as they are.
    pub(super) fn uncommitted(&self) -> Result<HashSet<PathBuf>, GitTrouble> {
        let printed =
            self.printed(["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "."], TO_READ)?;
        let inside = printed.split('\0').filter_map(|entry| entry.get(3..)?.strip_prefix(&self.prefix));
        Ok(inside.map(PathBuf::from).collect())
    }

    fn head(&self) -> Result<Option<CommitId>, GitTrouble> {
        let ended = self.run(["rev-parse", "--verify", "--quiet", "HEAD"], TO_READ)?;
        Ok(CommitId::new(ended.printed.trim()).filter(|_| ended.well))
    }

    fn printed<const N: usize>(&self, arguments: [&str; N], patience: Duration) -> Result<String, GitTrouble> {
        fine(self.run(arguments, patience)?)
    }

    fn run<const N: usize>(&self, arguments: [&str; N], patience: Duration) -> Result<Ended, GitTrouble> {
        ended(&mut self.command(arguments), patience)
    }

    fn command<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = Command::new("git");
        let kept = KEPT.iter().filter_map(|name| std::env::var_os(name).map(|value| (name, value)));
        command.env_clear().envs(kept).envs(TOLD);
        command.arg("-C").arg(&self.folder).args(["-c", "core.quotePath=false"]).args(arguments.map(OsStr::new));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        command
    }
}

/// Runs git to its end; after the deadline it is told to stop, and its hooks with it.
fn ended(command: &mut Command, patience: Duration) -> Result<Ended, GitTrouble> {
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => GitTrouble::NoProgram,
        _ => GitTrouble::Said(error.to_string()),
    })?;
    let (printed, complained) = (read_out(child.stdout.take()), read_out(child.stderr.take()));
    let (Ok(printed), Ok(complained)) = (printed.recv_timeout(patience), complained.recv_timeout(patience)) else {
        stop(&mut child, &printed);
        return Err(GitTrouble::TooSlow);
    };
    let well = child.wait().is_ok_and(|status| status.success());
    Ok(Ended { well, printed, complained })
}

/// Reads to the end on a thread of its own, which ends with the program.
fn read_out(from: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (done, heard) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a failure is all that there is; nobody may be left to hear it.
        let _ = from.map(|from| from.take(MOST_PRINTED).read_to_end(&mut bytes));
        let _ = done.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    heard
}

/// Lets git take its locks away, and ends it where it does not.
fn stop(child: &mut Child, printed: &Receiver<String>) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // A group that is gone needs no signal.
        let _ = kill_process_group(group, Signal::TERM);
        let _ = printed.recv_timeout(TO_END);
        let _ = kill_process_group(group, Signal::KILL);
    }
    let _ = child.wait();
}

fn fine(ended: Ended) -> Result<String, GitTrouble> {
    if ended.well {
        return Ok(ended.printed);
    }
    let said = if ended.complained.trim().is_empty() { &ended.printed } else { &ended.complained };
    if said.contains(".lock") && said.contains("exists") {
        return Err(GitTrouble::Locked);
    }
    let words: Vec<&str> = said.split_whitespace().collect();
    Err(GitTrouble::Said(words.join(" ").chars().take(MOST_TOLD).collect()))
}

fn past_version(line: &str) -> Option<PastVersion> {
    let mut parts = line.splitn(4, GAP);
    let commit = CommitId::new(parts.next()?)?;
    let changed = Changed { at: moment(parts.next()?)?, by: parts.next()?.to_owned() };
    Some(PastVersion { commit, changed, message: parts.next()?.to_owned() })
}

/// The newest change of each file in a log that begins with the newest commit.
fn last_changes(log: &str) -> HashMap<PathBuf, Changed> {
    let mut files = HashMap::new();
    for commit in log.split(MARK).skip(1) {
        let mut lines = commit.lines().filter(|line| !line.is_empty());
        let Some((at, by)) = lines.next().and_then(|line| line.split_once(GAP)) else { continue };
        let Some(at) = moment(at) else { continue };
        for file in lines {
            files.entry(PathBuf::from(file)).or_insert_with(|| Changed { at, by: by.to_owned() });
        }
    }
    files
}

fn moment(seconds: &str) -> Option<Timestamp> {
    seconds.parse::<i64>().ok()?.checked_mul(1_000_000).map(Timestamp::from_micros)
}

/// A name as it may stand before an address.
fn plain_name(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_control() && !matches!(c, '<' | '>' | '"')).collect();
    let plain = plain.trim();
    if plain.is_empty() { "Firstline".to_owned() } else { plain.to_owned() }
}

fn is_address(email: &str) -> bool {
    email.contains('@') && email.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>'))
}

/// A path of the knowledge base as git takes it; what is not Unicode is no article's.
fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}
