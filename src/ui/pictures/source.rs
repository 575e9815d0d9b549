//! Where a page's picture comes from: the engine, a file of the site, or a file of the reader's, which stays here.

use crate::{
    engine::Request,
    lesson::{Page, picture::Picture, restore::column},
    web::files::{self, Opened},
};
use std::{cell::RefCell, rc::Rc};
use web_sys::Blob;
use yew::prelude::*;

thread_local! {
    /// The reader's own picture, a page, for when the reader comes back to that page. It goes with the tab.
    static SHELF: RefCell<Vec<(Page, Rc<Loaded>)>> = const { RefCell::new(Vec::new()) };
    /// The last key given to a loaded picture.
    static LAST_KEY: RefCell<u64> = const { RefCell::new(0) };
}

/// A picture out of a file.
#[derive(Debug, PartialEq)]
pub struct Loaded {
    /// Which one.
    pub picture: Picture,
    /// Differs between any two of them, and is not 0.
    pub key: u64,
    /// Its pixels as the worker wants them.
    pub request: Rc<Request>,
    /// Columns and rows.
    pub size: [usize; 2],
    /// Columns and rows in the file.
    pub original: [usize; 2],
    /// Whether the browser made it smaller by its own means, before areas could be averaged.
    by_browser: bool,
}

impl Loaded {
    fn new(picture: Picture, opened: Opened) -> Rc<Self> {
        let Opened { width, height, rgba, original, by_browser } = opened;
        Self::of(picture, Request::Source { picture, width, height, rgba }, [width, height], original, by_browser)
    }

    fn signal(samples: Vec<f32>) -> Rc<Self> {
        let (picture, size) = (Picture::Column, [1, samples.len()]);
        Self::of(picture, Request::Signal { picture, samples }, size, size, false)
    }

    fn of(picture: Picture, request: Request, size: [usize; 2], original: [usize; 2], by_browser: bool) -> Rc<Self> {
        let key = LAST_KEY.with_borrow_mut(|key| {
            *key += 1;
            *key
        });
        Rc::new(Self { picture, key, request: Rc::new(request), size, original, by_browser })
    }

    /// Keeps it for when the reader comes back to the page, in place of the one before.
    fn shelve(self: &Rc<Self>, page: Page) {
        SHELF.with_borrow_mut(|shelf| {
            shelf.retain(|(of, known)| *of != page || known.picture != self.picture);
            shelf.push((page, self.clone()));
        });
    }

    /// What was done to the file's picture, if anything.
    #[must_use]
    pub fn note(&self) -> Option<AttrValue> {
        let ([width, height], [before_width, before_height]) = (self.size, self.original);
        (self.size != self.original).then(|| {
            let way = if self.by_browser { "" } else { " by averaging areas" };
            format!("Reduced from {before_width} × {before_height} to {width} × {height}{way}.").into()
        })
    }
}

/// Whether a page's own picture is still in this tab.
#[must_use]
pub fn has_own_picture(page: Page) -> bool {
    SHELF.with_borrow(|shelf| shelf.iter().any(|(of, _)| *of == page))
}

/// What the page knows of its picture.
#[derive(Clone, PartialEq)]
pub struct Source {
    /// The picture from a file, when the chosen one is such and is here.
    pub loaded: Option<Rc<Loaded>>,
    /// Whether the engine can be asked: the chosen picture needs no file, or its file is here.
    pub ready: bool,
    /// What went wrong with the last file, as a sentence.
    pub problem: Option<AttrValue>,
    /// Opens a file of the reader's.
    pub on_file: Callback<Blob>,
    /// Takes pasted text for a column of numbers.
    pub on_text: Callback<String>,
}

/// Loads the chosen picture of a page; `fit` says to which size, and `choose` is called when an own one is here, or
/// when there is none any more.
#[hook]
pub fn use_source(
    page: Page,
    chosen: Picture,
    fit: fn(usize, usize) -> [usize; 2],
    choose: Callback<Picture>,
) -> Source {
    let loaded = use_state_eq(|| None::<Rc<Loaded>>);
    let problem = use_state_eq(|| None::<AttrValue>);
    // A file that is slow to come must not replace what was chosen after it.
    let turn = use_mut_ref(|| 0_u32);
    // Likewise among the reader's files.
    let files_turn = use_mut_ref(|| 0_u32);
    {
        let (loaded, problem, turn, choose) = (loaded.clone(), problem.clone(), turn.clone(), choose.clone());
        let files_turn = files_turn.clone();
        use_effect_with(chosen, move |chosen| {
            let chosen = *chosen;
            if !chosen.is_own() {
                *turn.borrow_mut() += 1;
                *files_turn.borrow_mut() += 1;
                problem.set(None);
            }
            if chosen.is_own() {
                let is_it = |(of, own): &&(Page, Rc<Loaded>)| *of == page && own.picture == chosen;
                match SHELF.with_borrow(|shelf| shelf.iter().find(is_it).map(|(_, own)| own.clone())) {
                    Some(own) => loaded.set(Some(own)),
                    None => choose.emit(Picture::default()),
                }
            } else if chosen.is_file() && loaded.as_ref().is_none_or(|loaded| loaded.picture != chosen) {
                let mine = *turn.borrow();
                wasm_bindgen_futures::spawn_local(async move {
                    let opened = files::fetch(chosen.id(), fit).await;
                    if *turn.borrow() == mine {
                        match opened {
                            Ok(opened) => loaded.set(Some(Loaded::new(chosen, opened))),
                            Err(sentence) => problem.set(Some(sentence.into())),
                        }
                    }
                });
            }
        });
    }
    let on_text = {
        let (loaded, problem) = (loaded.clone(), problem.clone());
        let (turn, files_turn) = (turn.clone(), files_turn.clone());
        use_callback(choose.clone(), move |text: String, choose| match column::samples(&text) {
            Ok(samples) => {
                // Nor may a photograph that is still being decoded replace the numbers.
                *turn.borrow_mut() += 1;
                *files_turn.borrow_mut() += 1;
                let own = Loaded::signal(samples);
                own.shelve(page);
                problem.set(None);
                loaded.set(Some(own));
                choose.emit(Picture::Column);
            }
            Err(sentence) => problem.set(Some(sentence.into())),
        })
    };
    let on_file = {
        let (loaded, problem) = (loaded.clone(), problem.clone());
        use_callback(choose, move |file: Blob, choose| {
            *files_turn.borrow_mut() += 1;
            let mine = *files_turn.borrow();
            let files_turn = files_turn.clone();
            let (loaded, problem, turn, choose) = (loaded.clone(), problem.clone(), turn.clone(), choose.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let opened = files::open(&file, fit).await;
                if *files_turn.borrow() != mine {
                    return;
                }
                match opened {
                    Ok(opened) => {
                        // Only now: a file that is no picture must not keep away the sample that was chosen before it.
                        *turn.borrow_mut() += 1;
                        let own = Loaded::new(Picture::Own, opened);
                        own.shelve(page);
                        problem.set(None);
                        loaded.set(Some(own));
                        choose.emit(Picture::Own);
                    }
                    Err(sentence) => problem.set(Some(sentence.into())),
                }
            });
        })
    };
    let loaded = (*loaded).clone().filter(|loaded| loaded.picture == chosen);
    Source { ready: !chosen.is_file() || loaded.is_some(), loaded, problem: (*problem).clone(), on_file, on_text }
}
