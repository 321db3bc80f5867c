//! Which cell a picture belongs to that lies over a sheet: by the anchor of its drawing, and by its place in groups.

use mingce_core::address::Address;

use crate::geometry::Geometry;

/// A length or a place across and down, in English Metric Units.
type Pair = [i64; 2];

/// Where something is anchored.
#[derive(Debug, Default)]
pub(crate) struct Anchor {
    /// Upper left and lower right corner: the column and row counted from 0, and how far into the cell.
    pub(crate) corners: [Option<Corner>; 2],
    pub(crate) position: Option<Pair>,
    pub(crate) size: Option<Pair>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Corner {
    pub(crate) cell: [u32; 2],
    pub(crate) offset: Pair,
}

/// Place and size of a shape, and of a group also those that its members are counted in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frame {
    pub(crate) offset: Option<Pair>,
    pub(crate) size: Option<Pair>,
    pub(crate) inner_offset: Option<Pair>,
    pub(crate) inner_size: Option<Pair>,
}

impl Anchor {
    /// The cell of the picture with this frame inside these groups, the outermost first. Without the measures of the sheet, a
    /// picture lies where its corner is.
    pub(crate) fn cell(&self, groups: &[Frame], frame: &Frame, geometry: Option<&Geometry>) -> Option<Address> {
        let corner = self.corners[0].map(|corner| corner.cell);
        let corner = || {
            let [column, row] = corner?;
            Address::new(row.checked_add(1)?, u16::try_from(column.checked_add(1)?).ok()?)
        };
        match geometry.and_then(|geometry| Some((geometry, self.edges(geometry)?))) {
            Some((geometry, edges)) => geometry.cell_under(member(edges, groups, frame)),
            None => corner(),
        }
    }

    /// Left and upper edge, width and height of what is anchored.
    fn edges(&self, geometry: &Geometry) -> Option<[i64; 4]> {
        let place = |corner: &Corner| {
            let column = u16::try_from(corner.cell[0].saturating_add(1)).unwrap_or(u16::MAX);
            let ((left, width), (top, height)) =
                (geometry.column(column), geometry.row(corner.cell[1].saturating_add(1).min(Address::LAST_ROW)));
            // an offset never leads out of its cell
            [left + corner.offset[0].clamp(0, width), top + corner.offset[1].clamp(0, height)]
        };
        let [x, y] = self.corners[0].as_ref().map(place).or(self.position)?;
        let [width, height] = match self.corners[1].as_ref().map(place) {
            Some([right, bottom]) => [right - x, bottom - y],
            None => self.size?,
        };
        Some([x, y, width.max(0), height.max(0)])
    }
}

/// The edges of the shape inside those of the outermost group; without groups they are the same.
fn member(edges: [i64; 4], groups: &[Frame], frame: &Frame) -> [i64; 4] {
    let Some(outer) = groups.first() else { return edges };
    let (Some(mut offset), Some(mut size)) = (frame.offset, frame.size) else { return edges };
    for axis in [0, 1] {
        let scaled = |length: i64, from: i64, to: i64| if from > 0 { scale(length, from, to) } else { 0 };
        for group in groups.iter().rev() {
            let (Some(own), Some(own_size)) = (group.offset, group.size) else { return edges };
            let (inner, inner_size) = (group.inner_offset.unwrap_or(own), group.inner_size.unwrap_or(own_size));
            offset[axis] = own[axis] + scaled(offset[axis] - inner[axis], inner_size[axis], own_size[axis]);
            size[axis] = scaled(size[axis], inner_size[axis], own_size[axis]);
        }
        let (Some(own), Some(own_size)) = (outer.offset, outer.size) else { return edges };
        offset[axis] = edges[axis] + scaled(offset[axis] - own[axis], own_size[axis], edges[axis + 2]);
        size[axis] = scaled(size[axis], own_size[axis], edges[axis + 2]);
    }
    [offset[0], offset[1], size[0], size[1]]
}

/// The largest place that is reckoned with: beyond the last cell of any sheet, and far from overflow.
const FARTHEST: i64 = 1 << 45;

/// A place no farther than what is reckoned with.
pub(crate) fn bounded(length: i64) -> i64 {
    length.clamp(-FARTHEST, FARTHEST)
}

#[expect(clippy::cast_possible_truncation, reason = "bounded")]
fn scale(length: i64, from: i64, to: i64) -> i64 {
    let scaled = i128::from(length) * i128::from(to) / i128::from(from);
    scaled.clamp(i128::from(-FARTHEST), i128::from(FARTHEST)) as i64
}
