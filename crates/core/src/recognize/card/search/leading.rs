//! Labels of nobody's before the first label of a form: where forms stand below each other, those of the next one.

use crate::address::Address;
use crate::recognize::card::Card;
use crate::text::fold_label;

/// Gives every form the labels it begins with, as the first one begins (编号, 推荐单位), though no field claims them.
pub(super) fn part(cards: &mut [Card]) {
    let Some(begin) = cards.first().and_then(first_slot) else { return };
    let leading: Vec<_> = labels(&cards[0]).filter(|(at, _)| *at < begin).map(|(_, label)| fold_label(label)).collect();
    if leading.is_empty() {
        return;
    }
    for place in 1..cards.len() {
        let (before, after) = cards.split_at_mut(place);
        let (Some(before), Some(card)) = (before.last_mut(), after.first_mut()) else { return };
        let (Some(last), Some(first)) = (before.slots.iter().map(|slot| slot.label_at).max(), first_slot(card)) else { continue };
        let is_between = |at: Address| last < at && at < first;
        let from = labels(before).filter(|(at, label)| is_between(*at) && leading.contains(&fold_label(label))).map(|(at, _)| at).min();
        let Some(from) = from else { continue };
        let strangers = before.strangers.extract_if(.., |stranger| stranger.label_at >= from);
        card.strangers.splice(0..0, strangers);
        let unclaimed = before.unclaimed.extract_if(.., |(at, _)| *at >= from);
        card.unclaimed.splice(0..0, unclaimed);
    }
}

fn first_slot(card: &Card) -> Option<Address> {
    card.slots.iter().map(|slot| slot.label_at).min()
}

fn labels(card: &Card) -> impl Iterator<Item = (Address, &str)> {
    let strangers = card.strangers.iter().map(|stranger| (stranger.label_at, stranger.label.as_str()));
    strangers.chain(card.unclaimed.iter().map(|(at, label)| (*at, label.as_str())))
}
