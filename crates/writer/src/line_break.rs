//! Which characters a line must not begin or end with (避头尾), as Word and WPS have it for Chinese.

/// Signs that never begin a line. The dot in names (`·`) never ends one either.
const NEVER_FIRST: &str = "!%),.:;>?]}°·ˇ―’”…‰′″℃∶、。〃々〉》」』】〕〗！％），．：；？］｝～";

/// Signs that never end a line.
const NEVER_LAST: &str = "([{·‘“〈《「『【〔〖（．［｛￥";

/// Whether a line may be broken between the two characters, as far as signs are concerned.
pub(crate) fn may_break(before: char, after: char) -> bool {
    !NEVER_LAST.contains(before) && !NEVER_FIRST.contains(after)
}
