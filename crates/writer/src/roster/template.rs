//! Somebody else's roster blank as .docx: its empty lines are filled, and more are added where they end.
//!
//! The central noun is [`RosterTemplate`]. The heading is found by the recogniser that reads rosters; each line keeps its own
//! faces. What stands above and below the lines stays as it is. How a line is cut and written is told in `template/line.rs`, where
//! lines lie in `template/stretch.rs`.

mod bare;
mod line;
mod stretch;

use std::fmt;
use std::ops::Range;

use mingce_core::recognize::Recognizer;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::{Limits, word};

use crate::Error;
use crate::blank::{Columns, Group, Shares, first_with_most, once, shares};
use crate::docx::blank::Blank;
use crate::docx::package::{Deflater, PackageWriter};
use crate::form::{Filled, placeholder};
use line::Who;
use stretch::Stretch;

/// An empty roster with its columns and lines located.
pub struct RosterTemplate {
    blank: Blank,
    /// The empty lines, from the top of the document.
    stretches: Vec<Stretch>,
    /// Placeholders that stand beside the lines.
    strays: Vec<String>,
}

impl fmt::Debug for RosterTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RosterTemplate").field("places", &self.places()).field("unclaimed", &self.unclaimed()).finish_non_exhaustive()
    }
}

impl RosterTemplate {
    /// A roster blank that somebody made in Word or WPS.
    ///
    /// # Errors
    /// [`Error::NoRoster`] when no table of it has a heading with 姓名.
    pub fn from_docx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let mut blank = Blank::open(bytes)?;
        let recognizer = Recognizer::new(scheme);
        let scan = |blank: &Blank| {
            word::scan(&blank.xml, &blank.document, &Limits::default())
                .map_err(|error| Error::Document { part: blank.document.clone(), source: error.into() })
        };
        let document = scan(&blank)?;
        let mut stretches = stretch::find(&blank.xml, &document, &recognizer, scheme);
        if let (true, Some(xml)) = (stretches.is_empty(), bare::with_line(&blank.xml, &document, &recognizer)) {
            blank.xml = xml;
            stretches = stretch::find(&blank.xml, &scan(&blank)?, &recognizer, scheme);
        }
        // of several rosters, the one that asks for the most; other tables stay as they are
        let most = first_with_most(stretches.iter().map(|one| (one.asked().len(), one.asked().concat()))).ok_or(Error::NoRoster)?;
        stretches.retain(|one| one.asked().concat() == most);
        let mut template = Self { blank, stretches, strays: Vec::new() };
        template.strays = template.placeholders_beside_lines();
        Ok(template)
    }

    /// The headings that were found, as written, each with the fields that stand below it.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        self.columns().map_or(&[], |columns| &columns.places)
    }

    /// Headings that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        self.columns().map_or(&[], |columns| &columns.unclaimed)
    }

    fn columns(&self) -> Option<&Columns> {
        self.stretches.first()?.lists.first()
    }

    /// Placeholders that nobody's answers take the place of, as written: they stand beside the lines.
    #[must_use]
    pub fn strays(&self) -> &[String] {
        &self.strays
    }

    /// Whether the blank has macros: the roster has none, because a .docx must not.
    #[must_use]
    pub fn has_macros(&self) -> bool {
        self.blank.has_macros
    }

    /// The placeholders of the document that are in no cell of a line, nor in one that is filled; those at the edges of pages, too.
    fn placeholders_beside_lines(&self) -> Vec<String> {
        let is_filled = |place: &Range<usize>| self.stretches.iter().flat_map(|one| &one.lines).any(|line| line.holds(place));
        let found = placeholder::find(&self.blank.xml).into_iter().filter(|found| !found.places.iter().any(is_filled));
        once(found.map(|found| found.label()).chain(self.blank.edges.iter().cloned()))
    }

    /// Who of these people stands in which of the lists, and what should be heard of that.
    #[must_use]
    pub fn shares(&self, people: &[&Registration], scheme: &Scheme) -> Shares {
        let groups: Vec<Group> = self.stretches.iter().map(Stretch::group).collect();
        shares(&groups, people, scheme)
    }

    /// The roster of these people, in this order, and what should be heard about each of them.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn fill(&self, people: &[&Registration], scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        self.fill_shared(people, &self.shares(people, scheme), scheme)
    }

    /// The same, by [`shares`](Self::shares) of the same people.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn fill_shared(&self, people: &[&Registration], shares: &Shares, scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let xml = &self.blank.xml;
        let mut deflater = Deflater::new();
        let mut bytes = Vec::new();
        let mut package = PackageWriter::new(&mut bytes);
        let (first, rest) = self.blank.parts.split_at(self.blank.parts.len().min(1));
        first.iter().try_for_each(|part| package.copy(part))?;
        let mut part = package.open(&self.blank.document, &mut deflater)?;
        let mut filled = vec![Filled::default(); people.len()];
        let mut done = 0;
        let mut row = String::new();
        for (stretch, (share, number)) in self.stretches.iter().zip(&shares.lists) {
            let is_moved = stretch.numbers.is_some_and(|[first, _]| usize::try_from(first).is_ok_and(|first| *number > first));
            let mut above: Vec<Vec<String>> = stretch.lists.iter().map(|list| vec![String::new(); list.filled.len()]).collect();
            for (position, places) in stretch.places(share.len()).into_iter().enumerate() {
                let Some(line) = stretch.lines.get(position).or(stretch.lines.last()) else { break };
                let is_further = position >= stretch.lines.len();
                let of_line: Vec<Option<usize>> = places.iter().map(|place| share.get(*place).copied()).collect();
                if !is_further {
                    if of_line.iter().all(Option::is_none) && !line.has_placeholders() && !is_moved {
                        continue;
                    }
                    row.push_str(&xml[done..line.whole.start]);
                    done = line.whole.end;
                }
                let who = |(place, person): (&usize, &Option<usize>)| Who {
                    person: person.and_then(|person| people.get(person).copied()),
                    number: number + place,
                };
                let who: Vec<Who<'_>> = places.iter().zip(&of_line).map(who).collect();
                let heard = line.write(xml, &stretch.lists, &who, is_further, scheme, &mut row);
                for (list, (person, heard)) in of_line.iter().zip(heard).enumerate() {
                    let Some(person) = *person else { continue };
                    filled[person] = heard;
                    filled[person].left_out.extend(stretch.left_out(people[person], scheme));
                    let left_out = line.left_out(list, &stretch.lists[list], people[person], &mut above[list], scheme);
                    filled[person].left_out.extend(left_out);
                }
                package.push(&mut part, row.as_bytes(), &mut deflater)?;
                row.clear();
            }
        }
        package.push(&mut part, &xml.as_bytes()[done..], &mut deflater)?;
        package.close(part, &mut deflater)?;
        rest.iter().try_for_each(|part| package.copy(part))?;
        package.finish()?;
        Ok((bytes, filled))
    }
}
