//! Questions that articles were seen to answer: learned, decided upon by editors, and taught to the index.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;
use tracing::{error, info, warn};

use super::FlowError;
use crate::domain::answer::ArticleRef;
use crate::domain::conversation::Conversation;
use crate::domain::event::Event;
use crate::domain::ids::{ConversationId, GroupId, LearnedId, MessageId, Slug};
use crate::domain::lang::Lang;
use crate::domain::learned::{
    Case, Evidence, LearnedQuestion, LearnedState, LearningPolicy, Lesson, MOST_KEPT, MOST_LINKED, Origin, QuestionKey, evidence,
    linked_articles,
};
use crate::domain::message::{Content, Redacted};
use crate::domain::permission::{Membership, Operator, Refused};
use crate::domain::routing::Groups;
use crate::ports::{Clock, Ids, Index, Learnt, Pupil, Settling, Store, StoreError, Taught};

/// How many questions one page of a list holds at least, where there are so many.
const PAGE: u32 = 100;

/// The verbs of learning, with what they need. Cheap to clone.
#[derive(Clone)]
pub struct Learning(Arc<Parts>);

struct Parts {
    needs: LearningNeeds,
    /// What the pupil knows. Whoever teaches holds it from reading the store until the pupil has learned, even where nobody waits
    /// for that any more.
    taught: Arc<Mutex<Vec<Taught>>>,
    /// How many questions are proposed for each article, as last counted.
    proposals: RwLock<BTreeMap<Slug, u64>>,
}

/// What learning is made of.
pub struct LearningNeeds {
    /// Keeps what is learned.
    pub store: Arc<dyn Store>,
    /// Knows the articles.
    pub index: Arc<dyn Index>,
    /// Is taught what counts.
    pub pupil: Arc<dyn Pupil>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers.
    pub ids: Arc<dyn Ids>,
    /// What the configuration says about learning.
    pub policy: LearningPolicy,
    /// The operator groups.
    pub groups: Groups,
}

/// What an editor makes of a learned question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The article is found by it.
    Approve,
    /// The article is not found by it, from now on.
    Decline,
}

/// How an editor's verdict ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is kept, and the index knows.
    Done(LearnedQuestion),
    /// It was so already.
    Already(LearnedQuestion),
}

/// Part of a list of learned questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnedPage {
    /// The questions, newest first.
    pub questions: Vec<LearnedQuestion>,
    /// What the next page comes before; `None` where this is the last one.
    pub next: Option<LearnedId>,
}

impl Verdict {
    const fn state(self) -> LearnedState {
        match self {
            Self::Approve => LearnedState::Approved,
            Self::Decline => LearnedState::Declined,
        }
    }
}

impl Learning {
    /// The verbs over these needs; the pupil knows nothing yet.
    #[must_use]
    pub fn new(needs: LearningNeeds) -> Self {
        Self(Arc::new(Parts { needs, taught: Arc::default(), proposals: RwLock::default() }))
    }

    /// What the configuration says about learning.
    #[must_use]
    pub fn policy(&self) -> LearningPolicy {
        self.0.needs.policy
    }

    /// Learns what an event of a conversation teaches, and says how many lessons were new. The same event again teaches nothing.
    ///
    /// # Errors
    /// The store's failures; the event may be learned from again then.
    pub async fn learn_from(&self, id: ConversationId, event: &Event) -> Result<u64, StoreError> {
        let LearningNeeds { store, clock, ids, .. } = &self.0.needs;
        let Some(evidence) = self.evidence(id, event).await? else { return Ok(0) };
        let (question, origin, articles) = match evidence {
            Evidence::Helped { question, article } => (question, Origin::Helped, vec![article]),
            Evidence::Replied { question, reply, group } => {
                let linked = self.linked(reply).await?;
                (question, Origin::Replied, linked.into_iter().filter(|article| self.group_of(article) == group).collect())
            }
        };
        let articles: Vec<Slug> = articles.into_iter().filter(|article| !self.versions(article).is_empty()).collect();
        let asked = if articles.is_empty() { None } else { self.asked(question).await? };
        let Some((text, lang)) = asked else { return Ok(0) };
        let case = Case { conversation: id, origin, at: event.at };
        let mut kept = 0;
        for article in articles {
            let Ok(lesson) = Lesson::new(case, article, &text, lang) else { return Ok(0) };
            if !self.has_itself(&lesson.article, &lesson.key) {
                match store.learn(ids.block(clock.now()).learned(), &lesson, MOST_KEPT).await? {
                    Learnt::Kept => {
                        info!(conversation.id = %id, article = %lesson.article, ?origin, "a question was learned");
                        kept += 1;
                    }
                    Learnt::Full => {
                        warn!(article = %lesson.article, "an article has too many learned questions to learn another");
                    }
                    Learnt::SeenBefore => {}
                }
            }
        }
        Ok(kept)
    }

    /// Teaches the index what counts now, unless it knows, and counts the proposals.
    ///
    /// # Errors
    /// The store's failures; the index knows then what it knew before.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let LearningNeeds { store, policy, .. } = &self.0.needs;
        let mut known = Arc::clone(&self.0.taught).lock_owned().await;
        let proposals = store.proposals().await?.into_iter().collect();
        *self.0.proposals.write().unwrap_or_else(PoisonError::into_inner) = proposals;
        let enough = if policy.confirmations == 0 { u32::MAX } else { policy.confirmations };
        let counting = store.learned_that_may_count(enough).await?.into_iter().filter(|question| question.counts(*policy));
        let counting: Vec<Taught> =
            counting.map(|question| Taught { slug: question.article, text: question.text.as_str().to_owned() }).collect();
        if *known != counting {
            let pupil = Arc::clone(&self.0.needs.pupil);
            let teaching = tokio::task::spawn_blocking(move || {
                pupil.teach(counting.clone());
                info!(questions = counting.len(), "the index was taught what was learned");
                *known = counting;
            });
            if teaching.await.is_err() {
                error!("teaching the index broke off; it is tried again");
            }
        }
        Ok(())
    }

    /// How many proposals wait for this operator, as last counted.
    #[must_use]
    pub fn waiting(&self, by: &Operator) -> u64 {
        let proposals = self.0.proposals.read().unwrap_or_else(PoisonError::into_inner);
        let theirs = proposals.iter().filter(|(article, _)| self.may_see(article, by).is_ok());
        theirs.map(|(_, count)| count).sum()
    }

    /// Learned questions in this state that the operator may edit, newest first, from before `before` where it is given.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn list(&self, by: &Operator, state: LearnedState, before: Option<LearnedId>) -> Result<LearnedPage, FlowError> {
        let mut page = LearnedPage { questions: Vec::new(), next: before };
        loop {
            let found = self.0.needs.store.learned_questions(state, page.next, PAGE).await?;
            let is_last = found.len() < PAGE as usize;
            page.next = found.last().map(|question| question.id).filter(|_| !is_last);
            page.questions.extend(found.into_iter().filter(|question| self.may_see(&question.article, by).is_ok()));
            if is_last || page.questions.len() >= PAGE as usize {
                return Ok(page);
            }
        }
    }

    /// One learned question.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is none, [`FlowError::Refused`] where its article is not the operator's to edit.
    pub async fn one(&self, id: LearnedId, by: &Operator) -> Result<LearnedQuestion, FlowError> {
        let question = self.0.needs.store.learned_question(id).await?.ok_or(FlowError::NotFound)?;
        self.may_see(&question.article, by)?;
        Ok(question)
    }

    /// Carries out an editor's verdict, after asking whether they may. The next question is answered by it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such question, [`FlowError::Refused`] where its article is not the operator's to
    /// edit; otherwise the store's failures.
    pub async fn settle(&self, id: LearnedId, by: &Operator, verdict: Verdict) -> Result<Settled, FlowError> {
        let LearningNeeds { store, clock, .. } = &self.0.needs;
        let question = store.learned_question(id).await?.ok_or(FlowError::NotFound)?;
        self.may_see(&question.article, by)?;
        let editor = by.may_edit(&self.group_of(&question.article))?;
        let state = verdict.state();
        if question.state == state {
            return Ok(Settled::Already(question));
        }
        let settling = Settling { state, by: editor.by().clone(), at: clock.now() };
        let settled = store.settle_learned(id, &settling).await?.ok_or(FlowError::NotFound)?;
        info!(learned.id = %id, article = %settled.article, operator.id = %by.id, ?verdict, "an editor settled a learned question");
        if let Err(failure) = self.refresh().await {
            error!(error = &failure as &dyn Error, "an editor's verdict is kept, and the index is taught it later");
        }
        Ok(Settled::Done(settled))
    }

    async fn evidence(&self, id: ConversationId, event: &Event) -> Result<Option<Evidence>, StoreError> {
        let events = self.0.needs.store.events(id).await?;
        let until = events.iter().position(|one| one.id == event.id).map_or(0, |at| at + 1);
        Ok(Conversation::replay(id, &events[..until]).and_then(|conversation| evidence(event, &conversation)))
    }

    /// The articles that a reply links to.
    async fn linked(&self, reply: MessageId) -> Result<Vec<Slug>, StoreError> {
        let line = self.0.needs.store.line(reply).await?;
        let linked = match line.map(|recorded| recorded.line.content) {
            Some(Content::Text(text)) => linked_articles(text.as_str()),
            _ => Vec::new(),
        };
        Ok(if linked.len() > MOST_LINKED { Vec::new() } else { linked })
    }

    /// What was asked on a line, where it was a question for the bot: a call for a person says nothing of any article.
    async fn asked(&self, question: MessageId) -> Result<Option<(Redacted, Lang)>, StoreError> {
        let line = self.0.needs.store.line(question).await?.map(|recorded| recorded.line);
        Ok(line.and_then(|line| match line.content {
            Content::Question(text) => Some((text, line.lang)),
            _ => None,
        }))
    }

    fn versions(&self, article: &Slug) -> Vec<ArticleRef> {
        let languages = self.0.needs.index.languages(article);
        languages.into_iter().map(|lang| ArticleRef { slug: article.clone(), lang }).collect()
    }

    /// Whether the article says itself that it answers this.
    fn has_itself(&self, article: &Slug, key: &QuestionKey) -> bool {
        let versions = self.versions(article).into_iter().filter_map(|version| self.0.needs.index.article(&version));
        versions.into_iter().any(|article| {
            [&article.title].into_iter().chain(&article.questions).any(|question| QuestionKey::of(question) == *key)
        })
    }

    /// The group that answers for an article: its own, or the one that takes what nothing points elsewhere.
    fn group_of(&self, article: &Slug) -> GroupId {
        let versions = self.versions(article).into_iter().filter_map(|version| self.0.needs.index.article(&version));
        let own = versions.into_iter().find_map(|article| article.group.clone());
        own.unwrap_or_else(|| self.0.needs.groups.default_group().id.clone())
    }

    fn may_see(&self, article: &Slug, by: &Operator) -> Result<(), Refused> {
        by.may_look_at_articles()?;
        match by.groups {
            Membership::Every => Ok(()),
            // What an article of another group was asked stays unread, though the article is gone and its group with it.
            Membership::Some(_) if self.versions(article).is_empty() => Err(Refused::Group(self.group_of(article))),
            Membership::Some(_) => by.within(&self.group_of(article)),
        }
    }
}
