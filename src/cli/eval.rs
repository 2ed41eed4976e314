//! What answers are worth: questions whose right articles are known, and figures over them. Pure.

use std::collections::BTreeSet;

use super::Did;
use crate::domain::answer::MOST_OFFERED;
use crate::domain::lang::Lang;

/// A question and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The language that it is asked in.
    pub lang: Lang,
    /// The names of the articles that answer it; none where it should be handed off.
    pub right: Vec<String>,
    /// What kind of question it is.
    pub tags: Vec<String>,
    /// The question.
    pub text: String,
}

/// A line that is not a question.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct QuestionsError {
    /// The file.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, and what is allowed.
    pub what: String,
}

/// Reads questions: lang, right articles, tags and the question, with tabs between. A heading and empty lines are passed over.
///
/// # Errors
/// [`QuestionsError`] for the first line that is none, or where there is no question at all.
pub fn parse(file: &str, text: &str) -> Result<Vec<Question>, QuestionsError> {
    let mut questions = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() || (at == 0 && line.starts_with("lang\t")) {
            continue;
        }
        questions.push(question(line).map_err(|what| QuestionsError { file: file.to_owned(), line: at + 1, what })?);
    }
    if questions.is_empty() {
        return Err(QuestionsError { file: file.to_owned(), line: 1, what: "there is no question in the file".to_owned() });
    }
    Ok(questions)
}

fn question(line: &str) -> Result<Question, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [lang, right, tags, text] = fields.as_slice() else {
        return Err(format!(
            "a line has lang, articles, tags and question with tabs between; this one has {} fields",
            fields.len()
        ));
    };
    let lang = Lang::from_code(lang.trim()).ok_or_else(|| format!("the language must be nb, nn or en, not \"{lang}\""))?;
    let listed = |field: &str| -> Vec<String> {
        field.split(',').map(str::trim).filter(|item| !item.is_empty() && *item != "-").map(str::to_owned).collect()
    };
    if right.trim().is_empty() {
        return Err("the second field names the right articles, or is - where none is right".to_owned());
    }
    if text.trim().is_empty() {
        return Err("the question is empty".to_owned());
    }
    Ok(Question { lang, right: listed(right), tags: listed(tags), text: text.trim().to_owned() })
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    lang: Lang,
    tags: Vec<String>,
    answerable: bool,
    /// The place of the first right article, from 1.
    rank: Option<usize>,
    /// The first article's confidence; 0 where there is none, or where no threshold would let it be given.
    confidence: f64,
    did: Did,
}

/// How well a question was dealt with: the better, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It was answered with a wrong article.
    Misled,
    /// No right article was shown; or there is none, and titles were offered.
    NotHelped,
    /// A right title was offered among others.
    Offered,
    /// A right article was given; or there is none, and none was offered.
    Right,
}

impl Judged {
    /// Judges the articles that were found, best first, the first one's confidence (0 where what the question wants goes its
    /// own way, so that no threshold would let an article be given), and what the bot did.
    #[must_use]
    pub fn of(question: &Question, found: &[&str], confidence: f64, did: Did) -> Self {
        let is_right = |slug: &&str| question.right.iter().any(|right| right == slug);
        Self {
            lang: question.lang,
            tags: question.tags.clone(),
            answerable: !question.right.is_empty(),
            rank: found.iter().take(10).position(is_right).map(|at| at + 1),
            confidence: if found.is_empty() { 0.0 } else { confidence },
            did,
        }
    }

    /// The place of the first right article, from 1; `None` beyond the tenth, or where no article is right.
    #[must_use]
    pub const fn rank(&self) -> Option<usize> {
        self.rank
    }

    /// What the bot did.
    #[must_use]
    pub const fn did(&self) -> Did {
        self.did
    }

    /// Whether an article answers it.
    #[must_use]
    pub const fn is_answerable(&self) -> bool {
        self.answerable
    }

    const fn is_right(&self) -> bool {
        matches!(self.rank, Some(1))
    }

    fn answered(&self) -> bool {
        self.did == Did::Answer
    }
}

impl Grade {
    /// The grade of what the bot did with a question, given the place of the first right article.
    #[must_use]
    pub fn of(answerable: bool, rank: Option<usize>, did: Did) -> Self {
        let shown = match did {
            Did::Answer => 1,
            Did::Offer => MOST_OFFERED,
            Did::HandOff | Did::SmallTalk => 0,
        };
        match (did, rank.is_some_and(|rank| rank <= shown)) {
            (Did::Answer, right) => {
                if right {
                    Self::Right
                } else {
                    Self::Misled
                }
            }
            (Did::Offer, true) => Self::Offered,
            (Did::HandOff | Did::SmallTalk, _) if !answerable => Self::Right,
            _ => Self::NotHelped,
        }
    }
}

/// Figures over a set of questions; `None` where there is nothing to divide by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// How many questions.
    pub questions: usize,
    /// How many of them an article answers.
    pub answerable: usize,
    /// Of the answerable, the share whose first article is right.
    pub success_at_1: Option<f64>,
    /// Of the answerable, the share with a right article among the first three.
    pub success_at_3: Option<f64>,
    /// The same among the first five.
    pub success_at_5: Option<f64>,
    /// Of the answerable, the mean of 1 / place of the first right article; 0 beyond the tenth.
    pub mrr_at_10: Option<f64>,
    /// The share of questions that were answered with an article.
    pub answered: Option<f64>,
    /// Of the answers given, the share that is wrong; any answer to what no article answers is.
    pub wrong_of_answered: Option<f64>,
    /// Of the answers given at the threshold that answers 80 % of the answerable, the share that is right.
    pub right_at_80: Option<f64>,
    /// How probable it is that an answerable question gets more confidence than another one.
    pub auroc: Option<f64>,
}

/// The figures of all questions and of parts of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// All questions.
    pub all: Figures,
    /// By language, as far as there are questions in it.
    pub by_lang: Vec<(String, Figures)>,
    /// By tag, in alphabetical order.
    pub by_tag: Vec<(String, Figures)>,
    /// Of what no article answers, how much was answered with one all the same: by tag, as far as there are such questions.
    pub misled: Vec<Misled>,
}

/// Questions of a kind that no article answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misled {
    /// The tag.
    pub tag: &'static str,
    /// How many there are.
    pub questions: usize,
    /// How many were answered with an article.
    pub answered: usize,
}

/// The tags of questions that no article answers, each to be told apart in its own way.
const UNANSWERABLE: [&str; 4] = ["near-miss", "chatter", "incident", "human"];

/// Measures what came of the questions.
#[must_use]
pub fn measure(judged: &[Judged]) -> Measured {
    measure_as_if(judged, None)
}

/// Measures what came of the questions; the share of right answers as if so many of the questions had no answer.
#[must_use]
pub fn measure_as_if(judged: &[Judged], unanswerable: Option<f64>) -> Measured {
    let part =
        |belongs: &dyn Fn(&Judged) -> bool| figures(&judged.iter().filter(|one| belongs(one)).collect::<Vec<_>>(), unanswerable);
    let langs = Lang::ALL.into_iter().map(|lang| (lang.code().to_owned(), part(&|one| one.lang == lang)));
    let tags: BTreeSet<&String> = judged.iter().flat_map(|one| &one.tags).collect();
    Measured {
        all: part(&|_| true),
        by_lang: langs.filter(|(_, figures)| figures.questions > 0).collect(),
        by_tag: tags.into_iter().map(|tag| (tag.clone(), part(&|one| one.tags.contains(tag)))).collect(),
        misled: UNANSWERABLE.into_iter().filter_map(|tag| misled(judged, tag)).collect(),
    }
}

fn misled(judged: &[Judged], tag: &'static str) -> Option<Misled> {
    let of_kind: Vec<&Judged> = judged.iter().filter(|one| !one.answerable && one.tags.iter().any(|own| own == tag)).collect();
    let answered = of_kind.iter().filter(|one| one.answered()).count();
    (!of_kind.is_empty()).then_some(Misled { tag, questions: of_kind.len(), answered })
}

fn figures(judged: &[&Judged], unanswerable: Option<f64>) -> Figures {
    let answerable: Vec<&Judged> = judged.iter().copied().filter(|one| one.answerable).collect();
    let answered: Vec<&Judged> = judged.iter().copied().filter(|one| one.answered()).collect();
    let within = |most: usize| answerable.iter().filter(|one| one.rank.is_some_and(|rank| rank <= most)).count();
    let reciprocal: f64 = answerable.iter().filter_map(|one| one.rank).map(|rank| 1.0 / count(rank)).sum();
    Figures {
        questions: judged.len(),
        answerable: answerable.len(),
        success_at_1: share(within(1), answerable.len()),
        success_at_3: share(within(3), answerable.len()),
        success_at_5: share(within(5), answerable.len()),
        mrr_at_10: (!answerable.is_empty()).then(|| reciprocal / count(answerable.len())),
        answered: share(answered.len(), judged.len()),
        wrong_of_answered: share(answered.iter().filter(|one| !one.is_right()).count(), answered.len()),
        right_at_80: right_at_coverage(judged, &answerable, unanswerable),
        auroc: auroc(judged),
    }
}

/// The share of right answers at the threshold that lets four fifths of the answerable questions be answered.
fn right_at_coverage(judged: &[&Judged], answerable: &[&Judged], unanswerable: Option<f64>) -> Option<f64> {
    let mut confidences: Vec<f64> = answerable.iter().map(|one| one.confidence).collect();
    confidences.sort_by(|one, other| other.total_cmp(one));
    let covered = (confidences.len() * 4).div_ceil(5);
    let threshold = *confidences.get(covered.checked_sub(1)?)?;
    let given: Vec<&&Judged> = judged.iter().filter(|one| one.confidence >= threshold).collect();
    let (right, misled) = (given.iter().filter(|one| one.is_right()).count(), given.iter().filter(|one| !one.answerable).count());
    let others = judged.len() - answerable.len();
    let weight = match unanswerable {
        Some(share) if others > 0 => share / (1.0 - share) * count(answerable.len()) / count(others),
        _ => 1.0,
    };
    Some(count(right) / (count(given.len() - misled) + weight * count(misled)))
}

/// The area under the curve, from the sum of ranks; equal confidences count half.
fn auroc(judged: &[&Judged]) -> Option<f64> {
    let mut sorted: Vec<(f64, bool)> = judged.iter().map(|one| (one.confidence, one.answerable)).collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for tied in sorted.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let answerable = count(tied.iter().filter(|(_, answerable)| *answerable).count());
        let others = count(tied.len()) - answerable;
        wins += answerable * (below + others / 2.0);
        below += others;
    }
    let answerable = count(judged.iter().filter(|one| one.answerable).count());
    (answerable > 0.0 && below > 0.0).then(|| wins / (answerable * below))
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| count(part) / count(whole))
}

/// A count as a number to divide; there are fewer than four thousand million questions.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
