#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{Frontier, LeafHashes, Tile, TileEdge, TileId, TileReader};
use crate::fixtures::{head, leaves};
use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use std::collections::HashMap;

/// RFC 6962 §2.1, word for word.
fn naive(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&naive(left), &naive(right))
        }
    }
}

#[test]
fn the_edge_gives_the_root_that_the_rfc_defines() {
    for size in 0..600 {
        let leaves = leaves(size);
        let frontier: Frontier = leaves.iter().copied().collect();
        assert_eq!(frontier.root(), naive(&leaves), "{size}");
        assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier));
    }
}

struct Stored(HashMap<(u8, u64), Tile>);

impl TileReader for Stored {
    type Error = ();
    fn read_tile(&self, tile: TileId) -> Result<Vec<Hash>, ()> {
        self.0.get(&(tile.level(), tile.index())).map(|tile| tile.hashes.clone()).ok_or(())
    }
}

#[test]
fn a_tree_grows_from_its_stored_tiles_in_steps_of_any_length() {
    let all = leaves(70_000);
    let (mut stored, mut done) = (Stored(HashMap::new()), 0);
    for step in [1, 255, 1, 300, 65_000, 7, 512].into_iter().cycle() {
        let until = all.len().min(done + step);
        let edge = TileEdge::load(&stored, &head(&all[..done])).unwrap();
        let growth = edge.grow(all[done..until].iter().copied());
        assert_eq!(growth.edge.head(), head(&all[..until]));
        stored.0.extend(growth.tiles.into_iter().map(|tile| ((tile.id.level(), tile.id.index()), tile)));
        done = until;
        if done == all.len() {
            break;
        }
    }
    assert!(TileEdge::load(&LeafHashes(&all), &head(&all)).is_ok());
}

#[test]
fn altered_tiles_are_not_built_upon() {
    let all = leaves(300);
    let growth = TileEdge::new().grow(all.iter().copied());
    let mut stored = Stored(growth.tiles.into_iter().map(|tile| ((tile.id.level(), tile.id.index()), tile)).collect());
    stored.0.get_mut(&(0, 1)).unwrap().hashes[3] = EMPTY_ROOT;
    assert!(TileEdge::load(&stored, &head(&all)).is_err());
}
