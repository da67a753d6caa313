package ckpt

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"zombiezen.com/go/sqlite"
)

// Older checkpoints are there to look at and to sample from. What only training needs goes from
// them: the discriminator, what the optimisers remember, the generator that plays where its average
// is what is shown.

const (
	usualKeep = 3        // Save.Keep where it is 0
	usualFull = 16 << 20 // Save.Full where it is 0
)

// stateSums are the SHA-256 of a state and of its core.
type stateSums struct{ all, core string }

func sumsOf(s *State, core int) stateSums {
	sums := stateSums{all: s.SHA256()}
	if core > 0 {
		sums.core = (&State{Entries: s.Entries[:core], Meta: s.Meta}).SHA256()
	}
	return sums
}

// spaced returns the checkpoints that Save.Spaced spares once s is saved.
func (d *db) spaced(s *Save) (spare map[int64]bool, err error) {
	if s.Spaced == 0 {
		return nil, nil
	}
	var ids, steps []int64
	var always []bool
	err = d.query("SELECT id, step, kind FROM checkpoint WHERE run = ? AND step < ? AND thinned = 0 ORDER BY step", func(row *sqlite.Stmt) error {
		ids, steps = append(ids, row.ColumnInt64(0)), append(steps, row.ColumnInt64(1))
		kind := row.ColumnText(2)
		always = append(always, kind == "final" || kind == "manual")
		return nil
	}, s.Run, s.Step)
	if err != nil {
		return nil, err
	}
	spare = make(map[int64]bool)
	for i, stays := range Spread(append(steps, s.Step), append(always, true), max(2*float64(s.Step)/float64(s.Spaced), float64(s.Apart))) {
		if i < len(ids) && stays {
			spare[ids[i]] = true
		}
	}
	return spare, nil
}

// Spread reports which of the ascending steps stay, so that two that follow each other are at most
// so many steps apart, if they were before: those that must, the first, the last, and no more of the
// others than that takes. Three that follow each other are farther apart than that.
func Spread(steps []int64, must []bool, apart float64) []bool {
	stays := make([]bool, len(steps))
	last := int64(math.MinInt64)
	for i, step := range steps {
		stays[i] = must[i] || i == 0 || i == len(steps)-1 || float64(steps[i+1])-float64(last) > apart
		if stays[i] {
			last = step
		}
	}
	return stays
}

// prune removes the auto checkpoints that neither Save.Keep nor spaced spares once s is saved.
func (d *db) prune(s *Save, spaced map[int64]bool) error {
	keep := s.Keep
	if keep < 0 {
		return nil
	}
	if keep == 0 {
		keep = usualKeep
	}
	var ids, steps []int64
	last := s.Kind
	err := d.query("SELECT id, step, kind FROM checkpoint WHERE run = ? ORDER BY step", func(row *sqlite.Stmt) error {
		switch step, kind := row.ColumnInt64(1), row.ColumnText(2); {
		case lasting(kind) && step == s.Step:
			last = kind
		case !lasting(kind) && step < s.Step:
			ids, steps = append(ids, row.ColumnInt64(0)), append(steps, step)
		}
		return nil
	}, s.Run)
	if err != nil {
		return err
	}
	if !lasting(last) {
		steps = append(steps, s.Step)
	}
	spare := spared(steps, keep)
	for i, id := range ids {
		if !spare[i] && !spaced[id] {
			if err := d.deleteCheckpoint(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// spared reports which of the ascending steps stay: the last keep, and the first of each interval
// [4ⁱ, 4ⁱ⁺¹). The choice among the older ones never changes as a run grows, and their number grows
// with the logarithm of its length.
func spared(steps []int64, keep int) []bool {
	spare := make([]bool, len(steps))
	last := math.MinInt
	for i, step := range steps {
		interval := (bits.Len64(uint64(max(step, 0))) + 1) / 2 // 0 for step 0, then 1 for 1…3, 2 for 4…15, …
		spare[i] = interval != last || i >= len(steps)-keep
		last = interval
	}
	return spare
}

// thin takes from the checkpoints before s what neither Save.Full nor spaced spares.
func (d *db) thin(s *Save, spaced map[int64]bool) error {
	room := s.Full
	if room == 0 {
		room = usualFull
	}
	var ids []int64
	err := d.query(`SELECT id, bytes FROM checkpoint WHERE run = ? AND step < ? AND core > 0 AND thinned = 0
		AND kind <> 'final' AND NOT (kind = 'manual' AND step > 0) ORDER BY step DESC`, func(row *sqlite.Stmt) error {
		if room -= max(row.ColumnInt64(1), 0); room < 0 {
			room = -1
			if id := row.ColumnInt64(0); !spaced[id] {
				ids = append(ids, id)
			}
		}
		return nil
	}, s.Run, s.Step)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := d.thinCheckpoint(id); err != nil {
			return err
		}
	}
	return nil
}

// thinCheckpoint leaves a checkpoint its core. The parts of that stay as they were written, after a
// shorter header, and have had a SHA-256 of their own from the beginning. Nothing is read of the
// weights. A checkpoint that is not as writeState made it stays as it is.
func (d *db) thinCheckpoint(id int64) error {
	core, whole := int64(0), false
	err := d.query("SELECT core, sum, "+checkpointColumns+" FROM checkpoint WHERE id = ?", func(s *sqlite.Stmt) error {
		core, whole = s.ColumnInt64(0), s.ColumnInt64(1) == checkpointSum(s, 2)
		return nil
	}, id)
	if err != nil || !whole {
		return err
	}
	var head []byte
	err = d.query("SELECT data FROM checkpoint_part WHERE checkpoint = ? AND part = 0", func(s *sqlite.Stmt) error {
		head = columnBytes(s, 0)
		return nil
	}, id)
	if err != nil {
		return err
	}
	start, size, ok := coreOf(head, core)
	if !ok {
		return nil
	}
	size += int64(len(head))
	end, last := int64(0), int64(-1) // of the core
	err = d.query("SELECT part, length(data) FROM checkpoint_part WHERE checkpoint = ? ORDER BY part", func(s *sqlite.Stmt) error {
		if end < size && s.ColumnInt64(0) == last+1 {
			end, last = end+s.ColumnInt64(1), last+1
		}
		return nil
	}, id)
	if err != nil || end != size {
		return err
	}
	if err := d.exec("DELETE FROM checkpoint_part WHERE checkpoint = ? AND part > ?", id, last); err != nil {
		return err
	}
	if err := d.exec("UPDATE checkpoint_part SET data = ? WHERE checkpoint = ? AND part = 0", start, id); err != nil {
		return err
	}
	if err := d.exec("UPDATE checkpoint SET thinned = 1, bytes = ? WHERE id = ?", size-int64(len(head)-len(start)), id); err != nil {
		return err
	}
	return d.sealCheckpoint(id)
}

// coreOf reads the part of a checkpoint that is its header. It returns that of the first core
// entries alone and the length of their data, which lie before all others. ok tells whether the
// part is such a header.
func coreOf(part []byte, core int64) (start []byte, size int64, ok bool) {
	if len(part) < 8 || binary.LittleEndian.Uint64(part) != uint64(len(part)-8) {
		return nil, 0, false
	}
	h, err := decodeHeader(part[8:])
	if err != nil || core <= 0 || core >= int64(len(h.names)) {
		return nil, 0, false
	}
	h.names, h.infos = h.names[:core], h.infos[:core]
	for _, x := range h.infos {
		if len(x.Offsets) != 2 {
			return nil, 0, false
		}
		size = max(size, int64(x.Offsets[1]))
	}
	text, err := h.encode()
	if err != nil || h.checkLayout(uint64(size)) != nil {
		return nil, 0, false
	}
	return slices.Concat(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text), size, true
}
