package health

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/work"
)

// side of the small pictures by which others are compared.
const thumbSide = 8

// signatures are what a set's items look like, by item.
type signatures struct {
	sum    [][16]byte // of the item's values
	label  []int32
	thumb  [][thumbSide * thumbSide]uint8 // mean brightness of cells; of pictures only
	hash   []uint64                       // whether each of 8 rows gets brighter from cell to cell: N. Krawetz's difference hash
	spread []float32                      // standard deviation of brightness, of 255
	faint  []bool                         // something is to be seen, but all of it is next to black

	similarTo []int // what groups found, as it is asked for several times; nil: not yet
}

// scan reads every item once.
func scan(ctx context.Context, set dataset.Set, progress func(done, total int)) (*signatures, error) {
	n, info := set.Len(), set.Info()
	l := &signatures{sum: make([][16]byte, n), label: make([]int32, n)}
	if info.Kind == dataset.Pictures {
		l.thumb = make([][thumbSide * thumbSide]uint8, n)
		l.hash, l.spread, l.faint = make([]uint64, n), make([]float32, n), make([]bool, n)
	}
	size := 1
	for _, d := range info.Shape {
		size *= d
	}
	scanners := make([]*scanner, work.Workers())
	done := 0
	err := work.Parallel(ctx, n, func() {
		if done++; progress != nil {
			progress(done, n)
		}
	}, func(w, i int) {
		if scanners[w] == nil {
			scanners[w] = &scanner{values: make([]float32, size), bytes: make([]byte, 4*size), shape: info.Shape}
		}
		scanners[w].scan(set, l, i)
	})
	return l, err
}

// scanner is one goroutine's scratch space.
type scanner struct {
	values []float32
	bytes  []byte
	shape  []int
	bright []float32
}

func (e *scanner) scan(set dataset.Set, l *signatures, i int) {
	l.label[i] = int32(set.Read(i, e.values))
	for k, v := range e.values {
		binary.LittleEndian.PutUint32(e.bytes[4*k:], math.Float32bits(v))
	}
	sum := sha256.Sum256(e.bytes)
	copy(l.sum[i][:], sum[:])
	if l.thumb == nil {
		return
	}
	e.brightness()
	h, w := e.shape[0], e.shape[1]
	cells(l.thumb[i][:], thumbSide, thumbSide, e.bright, h, w)
	var fine [thumbSide * (thumbSide + 1)]uint8
	cells(fine[:], thumbSide, thumbSide+1, e.bright, h, w)
	for r := range thumbSide {
		for c := range thumbSide {
			l.hash[i] <<= 1
			if fine[r*(thumbSide+1)+c] < fine[r*(thumbSide+1)+c+1] {
				l.hash[i] |= 1
			}
		}
	}
	var s, q float64
	for _, v := range e.bright {
		s += float64(v)
		q += float64(v) * float64(v)
	}
	n := float64(len(e.bright))
	low, high := slices.Min(e.bright), slices.Max(e.bright)
	l.faint[i] = low < high && high < dataset.Darkest
	l.spread[i] = float32(math.Sqrt(max(0, q/n-s/n*s/n)))
}

// brightness sets e.bright to 0…255, with the weights of ITU-R Rec. 601; what is transparent counts
// as white.
func (e *scanner) brightness() {
	c := e.shape[2]
	e.bright = e.bright[:0]
	for p := 0; p < len(e.values); p += c {
		v := e.values[p]
		if c >= 3 {
			v = 0.299*e.values[p] + 0.587*e.values[p+1] + 0.114*e.values[p+2]
		}
		v = (v + 1) * 127.5
		if c == 4 {
			a := (e.values[p+3] + 1) / 2
			v = v*a + 255*(1-a)
		}
		e.bright = append(e.bright, v)
	}
}

// cells sets dst to the means of rows×cols cells of a picture of h×w pixels; the cells of a smaller
// one share pixels.
func cells(dst []uint8, rows, cols int, bright []float32, h, w int) {
	for r := range rows {
		y0 := r * h / rows
		y1 := max(y0+1, (r+1)*h/rows)
		for c := range cols {
			x0 := c * w / cols
			x1 := max(x0+1, (c+1)*w/cols)
			var s float32
			for y := y0; y < y1; y++ {
				for _, v := range bright[y*w+x0 : y*w+x1] {
					s += v
				}
			}
			dst[r*cols+c] = uint8(min(255, s/float32((y1-y0)*(x1-x0))+0.5))
		}
	}
}

// blank returns the pictures that show nothing, those that nearly do, and those that only seem to.
func (l *signatures) blank() (blank, nearly, faint []int) {
	for i, s := range l.spread {
		switch {
		case s <= nearlySpread && l.faint[i]:
			faint = append(faint, i)
		case s <= blankSpread:
			blank = append(blank, i)
		case s <= nearlySpread:
			nearly = append(nearly, i)
		}
	}
	return blank, nearly, faint
}

// copies returns the items that have an equal one before them.
func (l *signatures) copies() []int {
	var out []int
	for i, first := range l.groups(false) {
		if first != i {
			out = append(out, i)
		}
	}
	return out
}

// nearCopies returns the pictures that have a similar, but not equal one before them.
func (l *signatures) nearCopies() []int {
	equal := l.groups(false)
	var out []int
	for i, first := range l.groups(true) {
		if first != i && equal[i] == i {
			out = append(out, i)
		}
	}
	return out
}

const (
	nearBits = 3    // of the hashes of similar pictures that may differ
	nearRMS  = 0.08 // difference of their cells, in standard deviations of brightness
	// Pictures whose hashes have a quarter in common are compared all with all if they are few,
	// otherwise with those whose hashes come next in order.
	nearAll, nearNext = 64, 32
)

// groups returns for every item the first one that is equal or, if asked for, similar to it,
// directly or by way of others. The result is not to be written.
func (l *signatures) groups(similar bool) []int {
	if similar && l.similarTo != nil {
		return l.similarTo
	}
	parent := make([]int, len(l.sum))
	for i := range parent {
		parent[i] = i
	}
	same := make(map[[16]byte]int32, len(l.sum))
	for i, s := range l.sum {
		if j, ok := same[s]; ok {
			union(parent, i, int(j))
		} else {
			same[s] = int32(i)
		}
	}
	if similar && l.hash != nil {
		order := make([]int, 0, len(l.hash))
		for i, s := range l.spread {
			if s > nearlySpread {
				order = append(order, i)
			}
		}
		for shift := 0; shift < 64; shift += 16 {
			l.unionSimilar(parent, order, shift)
		}
	}
	for i := range parent {
		parent[i] = root(parent, i)
	}
	if similar {
		l.similarTo = parent
	}
	return parent
}

// unionSimilar unites similar pictures whose hashes have the same 16 bits at a place: with at most
// three bits different, one of four places has.
func (l *signatures) unionSimilar(parent, order []int, shift int) {
	key := func(i int) uint64 { return bits.RotateLeft64(l.hash[i], shift) }
	slices.SortFunc(order, func(a, b int) int {
		if x, y := key(a), key(b); x != y {
			if x < y {
				return -1
			}
			return 1
		}
		return a - b
	})
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && key(order[to])>>48 == key(order[from])>>48 {
			to++
		}
		for i := from; i < to; i++ {
			last := to
			if to-from > nearAll {
				last = min(to, i+1+nearNext)
			}
			for _, j := range order[i+1 : last] {
				if l.similar(order[i], j) {
					union(parent, order[i], j)
				}
			}
		}
		from = to
	}
}

func (l *signatures) similar(i, j int) bool {
	if bits.OnesCount64(l.hash[i]^l.hash[j]) > nearBits {
		return false
	}
	sum := 0
	for k, a := range l.thumb[i] {
		d := int(a) - int(l.thumb[j][k])
		sum += d * d
	}
	rms := math.Sqrt(float64(sum) / float64(thumbSide*thumbSide))
	return rms <= nearRMS*float64(min(l.spread[i], l.spread[j]))+1
}

// root returns the first item of i's group.
func root(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// union joins two groups under their first item.
func union(parent []int, i, j int) {
	a, b := root(parent, i), root(parent, j)
	parent[max(a, b)] = min(a, b)
}
