//! Where a page's picture comes from: the engine, a file of the site, or a file of the reader's, which stays here.

use crate::{
    engine::Request,
    lesson::{Page, picture::Picture},
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
}

impl Loaded {
    fn new(picture: Picture, opened: Opened) -> Rc<Self> {
        let Opened { width, height, rgba, original } = opened;
        let key = LAST_KEY.with_borrow_mut(|key| {
            *key += 1;
            *key
        });
        let request = Rc::new(Request::Source { picture, width, height, rgba });
        Rc::new(Self { picture, key, request, size: [width, height], original })
    }

    /// What was done to the file's picture, if anything.
    #[must_use]
    pub fn note(&self) -> Option<AttrValue> {
        let ([width, height], [before_width, before_height]) = (self.size, self.original);
        (self.size != self.original).then(|| {
            format!("Reduced from {before_width} × {before_height} to {width} × {height} by averaging areas.").into()
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
            if chosen != Picture::Own {
                *turn.borrow_mut() += 1;
                *files_turn.borrow_mut() += 1;
                problem.set(None);
            }
            if chosen == Picture::Own {
                match SHELF.with_borrow(|shelf| shelf.iter().find(|(of, _)| *of == page).map(|(_, own)| own.clone())) {
                    Some(own) => loaded.set(Some(own)),
                    None => choose.emit(Picture::default()),
                }
            } else if chosen.is_file() {
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
                        SHELF.with_borrow_mut(|shelf| {
                            shelf.retain(|(of, _)| *of != page);
                            shelf.push((page, own.clone()));
                        });
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
    Source { ready: !chosen.is_file() || loaded.is_some(), loaded, problem: (*problem).clone(), on_file }
}
