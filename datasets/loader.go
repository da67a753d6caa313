package datasets

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"

	"ganvas/engine/splitmix"
)

// Loader deals out the items of a set in batches without end: every epoch in a new order, each item
// once in it. Order and flips come from random streams of its own, so that the same seed gives the
// same batches whatever else is drawn, and a saved loader goes on bit for bit. It belongs to one
// goroutine.
type Loader struct {
	set    Set
	info   Info
	item   int
	mirror bool

	seed     uint64
	epoch    uint64
	position int     // in order
	order    []int32 // of this epoch; follows from seed, epoch and the number of items

	shuffle *rand.PCG // seeded anew for each epoch
	random  *rand.Rand
	flips   *rand.PCG

	lost map[int32]bool // items that could not be read; nil: none
	news []Unreadable   // those that TakeUnreadable has not told yet
}

// Unreadable is an item that could not be read any more while it was dealt out.
type Unreadable struct {
	Item int
	Name string // the file that it comes from, or ""
	Err  error
}

// NewLoader returns a loader at the beginning of its first epoch. With mirror, each picture is
// flipped left to right with probability a half whenever it is dealt; points are never flipped.
func NewLoader(set Set, seed uint64, mirror bool) *Loader {
	info := set.Info()
	l := &Loader{set: set, info: info, item: 1, seed: seed, mirror: mirror && info.Kind == Pictures}
	for _, d := range info.Shape {
		l.item *= d
	}
	l.order = make([]int32, set.Len())
	l.shuffle = rand.NewPCG(0, 0)
	l.random = rand.New(l.shuffle)
	l.flips = rand.NewPCG(seed, splitmix.At('f', 0))
	l.reorder()
	return l
}

// reorder shuffles for the epoch.
func (l *Loader) reorder() {
	l.shuffle.Seed(l.seed, splitmix.At('o'+l.epoch<<8, 0))
	for i := range l.order {
		l.order[i] = int32(i)
	}
	l.random.Shuffle(len(l.order), func(i, j int) { l.order[i], l.order[j] = l.order[j], l.order[i] })
}

// Next writes the next n items to dst one after the other, and their labels (-1: none) to labels
// unless it is nil. It panics when dst has not n times the length of an item, or labels not n.
func (l *Loader) Next(n int, dst []float32, labels []int) {
	if len(dst) != n*l.item || labels != nil && len(labels) != n {
		panic(fmt.Sprintf("datasets: room for %d values and %d labels, %d items have %d values each", len(dst), len(labels), n, l.item))
	}
	for k := range n {
		if l.position == len(l.order) {
			l.position = 0
			l.epoch++
			l.reorder()
		}
		out := dst[k*l.item : (k+1)*l.item]
		label := l.deal(out)
		l.position++
		if labels != nil {
			labels[k] = label
		}
		if l.mirror && l.flips.Uint64()>>63 == 1 {
			flip(out, l.info.Shape[1], l.info.Shape[2])
		}
	}
}

// deal reads the item whose turn it is, or, where it is lost, the next one in the order of this
// epoch that is not: that one comes twice. So a batch follows from the seed and from which items
// are lost, and nothing else moves. Where all are lost, it is grey.
func (l *Loader) deal(out []float32) (label int) {
	for k := range l.order {
		i := l.order[(l.position+k)%len(l.order)]
		if l.lost[i] {
			continue
		}
		label, err := TryRead(l.set, int(i), out)
		if err == nil {
			return label
		}
		if l.lost == nil {
			l.lost = make(map[int32]bool)
		}
		l.lost[i] = true
		l.news = append(l.news, Unreadable{int(i), OriginOf(l.set, int(i)).Name, err})
	}
	clear(out)
	return -1
}

// TakeUnreadable returns the items that turned out to be unreadable since the last call. Others
// take their places.
func (l *Loader) TakeUnreadable() []Unreadable {
	news := l.news
	l.news = nil
	return news
}

// flip mirrors a picture of rows of w pixels left to right.
func flip(values []float32, w, c int) {
	for y := 0; y < len(values); y += w * c {
		row := values[y : y+w*c]
		for a, b := 0, (w-1)*c; a < b; a, b = a+c, b-c {
			for k := range c {
				row[a+k], row[b+k] = row[b+k], row[a+k]
			}
		}
	}
}

// Len returns the number of items of an epoch.
func (l *Loader) Len() int { return len(l.order) }

// Classes returns how many classes the items have, 0 where they are not labelled.
func (l *Loader) Classes() int { return len(l.info.Labels) }

// Seen returns how many items were dealt so far.
func (l *Loader) Seen() int64 {
	return int64(l.epoch)*int64(len(l.order)) + int64(l.position)
}

// loaderState is what State writes, little-endian: everything that the next batch depends on but
// the data.
type loaderState struct {
	Version, Items, Seed, Epoch, Position uint64
	Flips                                 [20]byte // as PCG marshals itself
}

// State returns where the loader is, in a few dozen bytes.
func (l *Loader) State() []byte {
	s := loaderState{Version: 1, Items: uint64(len(l.order)), Seed: l.seed, Epoch: l.epoch, Position: uint64(l.position)}
	flips, err := l.flips.MarshalBinary()
	if err != nil || len(flips) != len(s.Flips) {
		panic(fmt.Sprintf("datasets: a PCG of %d bytes: %v", len(flips), err))
	}
	copy(s.Flips[:], flips)
	var out bytes.Buffer
	if err := binary.Write(&out, binary.LittleEndian, s); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// Restore brings the loader to where State was taken: what follows is the same, if the data are.
// The seed is restored too; whether to mirror stays as it was given to NewLoader. It returns an
// error, and changes nothing, when the state is damaged or of a set with another number of items.
func (l *Loader) Restore(state []byte) error {
	var s loaderState
	if len(state) != binary.Size(s) {
		return fmt.Errorf("restore data order: %d bytes of state, want %d: the project file is damaged", len(state), binary.Size(s))
	}
	if _, err := binary.Decode(state, binary.LittleEndian, &s); err != nil {
		return fmt.Errorf("restore data order: %w", err)
	}
	switch {
	case s.Version != 1:
		return fmt.Errorf("restore data order: version %d: it was written by a newer program: use that one", s.Version)
	case s.Items != uint64(len(l.order)):
		return fmt.Errorf("restore data order: it is of %d items, the data now have %d: bring back the data of this run, or start a new one", s.Items, len(l.order))
	case s.Position > s.Items:
		return errors.New("restore data order: a position beyond the last item: the project file is damaged")
	}
	var flips rand.PCG
	if err := flips.UnmarshalBinary(s.Flips[:]); err != nil {
		return fmt.Errorf("restore data order: %w: the project file is damaged", err)
	}
	*l.flips = flips
	l.seed, l.epoch, l.position = s.Seed, s.Epoch, int(s.Position)
	l.reorder()
	return nil
}
