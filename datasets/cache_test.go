package datasets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// many is a folder of more pictures than are decoded into memory: grey ones saved in colour, in two
// classes, some of them damaged, and an animated one that is cut.
func many(t *testing.T) (dir string) {
	t.Helper()
	files := make(map[string][]byte)
	for i := range 2050 {
		img := image.NewRGBA(image.Rect(0, 0, 6, 5))
		for k := range 30 {
			v := uint8(i*7 + k*k)
			img.Set(k%6, k/6, color.RGBA{v, v, v, 255})
		}
		var out bytes.Buffer
		datatest.Must(t, png.Encode(&out, img))
		data := out.Bytes()
		if i%100 == 7 {
			data = data[:50]
		}
		files[fmt.Sprintf("%c/%04d.png", 'a'+i%2, i)] = data
	}
	moving := &gif.GIF{}
	for i := range 9 {
		frame := image.NewPaletted(image.Rect(0, 0, 6, 6), palette.WebSafe)
		for k := range frame.Pix {
			frame.Pix[k] = uint8(43 * ((k + i) % 5)) // the greys of the palette
		}
		moving.Image = append(moving.Image, frame)
		moving.Delay = append(moving.Delay, 1)
	}
	var out bytes.Buffer
	datatest.Must(t, gif.EncodeAll(&out, moving))
	files["b/moving.gif"] = out.Bytes()[:out.Len()-30]
	return datatest.Tree(t, files)
}

func openWith(t *testing.T, source string, o Options) *dataset.PictureSet {
	t.Helper()
	set, err := Open(context.Background(), source, o, nil)
	datatest.Must(t, err)
	return set.(*dataset.PictureSet)
}

// sameSets fails unless two sets are equal in all that they tell and hold.
func sameSets(t *testing.T, what string, got, want *dataset.PictureSet) {
	t.Helper()
	if !reflect.DeepEqual(got.About, want.About) {
		t.Errorf("%s: understood\n%+v, want\n%+v", what, got.About, want.About)
	}
	if !bytes.Equal(got.Data, want.Data) || !slices.Equal(got.Labels, want.Labels) {
		t.Errorf("%s: other items or labels", what)
	}
	for i := range want.Len() {
		if a, b := OriginOf(got, i), OriginOf(want, i); a != b {
			t.Fatalf("%s: item %d comes from %+v, want %+v", what, i, a, b)
		}
	}
}

// What is kept in a file is what would be in memory, the first time and from the cache, whatever is
// asked for.
func TestCacheChangesNothing(t *testing.T) {
	dir := many(t)
	for _, o := range []Options{{}, {Size: 8, Channels: 3}, {Fit: "pad", Mirror: true}, {Labels: "none", Channels: 1, Stride: 2}, {Attribute: "none such", Labels: "none"}} {
		want := openWith(t, dir, o)
		o.Cache = filepath.Join(t.TempDir(), "new", "cache")
		first := openWith(t, dir, o)
		second := openWith(t, dir, o)
		if want.Guard != nil || first.Guard == nil || second.Guard == nil {
			t.Fatalf("%+v: mapped %v %v %v, want the second and the third", o, want.Guard != nil, first.Guard != nil, second.Guard != nil)
		}
		sameSets(t, fmt.Sprintf("%+v the first time", o), first, want)
		sameSets(t, fmt.Sprintf("%+v from the cache", o), second, want)
		if size, sets, err := NewCache(o.Cache).Size(); err != nil || sets != 1 || size < int64(len(want.Data)) {
			t.Errorf("%d sets of %d bytes in the cache (%v), want one of more than %d", sets, size, err, len(want.Data))
		}
		left, _ := filepath.Glob(filepath.Join(o.Cache, "draft*"))
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// cachedFile returns the only file of a cache.
func cachedFile(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*.set"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v (%v), want one file", found, err)
	}
	return found[0]
}

// A file in the cache that is cut anywhere or has a wrong bit anywhere is made anew.
func TestDamagedCache(t *testing.T) {
	dir := many(t)
	o := Options{Cache: t.TempDir()}
	want := openWith(t, dir, Options{})
	first := openWith(t, dir, o)
	file := cachedFile(t, o.Cache)
	whole, err := os.ReadFile(file)
	datatest.Must(t, err)
	var damaged [][]byte
	for _, n := range []int{0, 1, 79, len(first.Data), len(whole) / 2, len(whole) - 1} {
		damaged = append(damaged, whole[:n])
	}
	for _, at := range []int{0, len(first.Data) - 1, len(first.Data) + 1, len(whole) - 300, len(whole) - 60, len(whole) - 30, len(whole) - 1} {
		wrong := bytes.Clone(whole)
		wrong[at] ^= 4
		damaged = append(damaged, wrong)
	}
	damaged = append(damaged, append(bytes.Clone(whole), 0))
	for i, data := range damaged {
		datatest.Must(t, os.Remove(file)) // it is mapped: other bytes go into another file
		datatest.Must(t, os.WriteFile(file, data, 0o600))
		sameSets(t, fmt.Sprintf("damage %d", i), openWith(t, dir, o), want)
		if now, err := os.ReadFile(cachedFile(t, o.Cache)); err != nil || !bytes.Equal(now, whole) {
			t.Errorf("damage %d: the file was not mended (%v)", i, err)
		}
	}
}

// Other content, or another table of labels beside it, is another set.
func TestCacheSeesChanges(t *testing.T) {
	dir := many(t)
	o := Options{Cache: t.TempDir()}
	first := openWith(t, dir, o)
	datatest.Must(t, os.WriteFile(filepath.Join(dir, "a", "0000.png"), datatest.PlainPNG(6, 5, color.White), 0o644))
	changed := openWith(t, dir, o)
	if changed.About.Fingerprint == first.About.Fingerprint || changed.Data[0] != 255 {
		t.Errorf("the change was not seen")
	}
	datatest.Must(t, os.Remove(filepath.Join(dir, "a", "0002.png")))
	if got := openWith(t, dir, o); got.Len() != first.Len()-1 {
		t.Errorf("%d items, want one fewer than %d", got.Len(), first.Len())
	}
	datatest.Must(t, os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "c")))
	if got := openWith(t, dir, o); !slices.Equal(got.About.Labels, []string{"b", "c"}) {
		t.Errorf("labels %v after renaming", got.About.Labels)
	}
	if _, sets, err := NewCache(o.Cache).Size(); err != nil || sets != 4 {
		t.Errorf("%d sets (%v), want 4", sets, err)
	}
}

// What is written to while it is read is used, and not kept.
func TestChangedWhileRead(t *testing.T) {
	dir := many(t)
	o := Options{Cache: t.TempDir()}
	once := false
	set, err := Open(context.Background(), dir, o, func(done, total int) {
		if !once && total > 0 && done > 10 {
			once = true
			datatest.Must(t, os.WriteFile(filepath.Join(dir, "b", "2049.png"), datatest.PlainPNG(6, 5, color.White), 0o644))
		}
	})
	datatest.Must(t, err)
	if _, sets, err := NewCache(o.Cache).Size(); err != nil || sets != 0 {
		t.Errorf("%d sets are kept (%v)", sets, err)
	}
	sameSets(t, "changed", set.(*dataset.PictureSet), openWith(t, dir, Options{}))
}

// The cache keeps to its limit by dropping what was used longest ago; a limit of nothing, or a
// place that cannot be written, is no reason not to open a set.
func TestCacheLimit(t *testing.T) {
	dir := many(t)
	in := filepath.Join(t.TempDir(), "cache")
	c := NewCache(in)
	if got := c.Limit(); got != 20<<30 {
		t.Errorf("limit %d at first", got)
	}
	o := Options{Cache: in}
	openWith(t, dir, o)
	one, _, err := c.Size()
	datatest.Must(t, err)
	datatest.Must(t, c.SetLimit(one*5/2))
	for size := 6; size < 9; size++ {
		o.Size = size
		openWith(t, dir, o)
	}
	if size, sets, err := c.Size(); err != nil || size > c.Limit() || sets == 0 {
		t.Errorf("%d sets of %d bytes (%v), over the limit of %d", sets, size, err, c.Limit())
	}
	bytesNow, _, _ := c.Size()
	if freed, err := c.Clear(); err != nil || freed != bytesNow {
		t.Errorf("cleared %d bytes (%v), want %d", freed, err, bytesNow)
	}
	datatest.Must(t, c.SetLimit(0))
	if set := openWith(t, dir, o); set.Guard != nil {
		t.Errorf("kept in spite of a limit of 0")
	}
	if _, sets, err := c.Size(); err != nil || sets != 0 {
		t.Errorf("%d sets (%v) in spite of a limit of 0", sets, err)
	}
	o.Cache = filepath.Join(dir, "a", "0000.png", "cache")
	set := openWith(t, dir, o)
	if !slices.ContainsFunc(set.About.Notes, func(n string) bool { return strings.HasPrefix(n, "not kept in the cache: ") }) {
		t.Errorf("notes %q do not say that nothing is kept", set.About.Notes)
	}
}

// failing is a set of which some items were lost.
type failing struct {
	counting
	lost []int
}

var errGone = errors.New("gone")

func (f failing) TryRead(i int, dst []float32) (int, error) {
	if slices.Contains(f.lost, i) {
		return 0, errGone
	}
	return f.Read(i, dst), nil
}

// The next item in the order takes the place of one that is lost; all others keep theirs.
func TestLostItems(t *testing.T) {
	const n = 20
	deal := func(set Set, k int) (items []int, l *Loader) {
		l = NewLoader(set, 3, false)
		dst := make([]float32, 2*k)
		l.Next(k, dst, nil)
		for i := range k {
			items = append(items, int(dst[2*i]))
		}
		return items, l
	}
	want, _ := deal(counting{n}, 2*n)
	got, l := deal(NewSubset(failing{counting{n}, []int{5, want[2], want[3]}}, slices.Collect(func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	})), 2*n)
	lost := []int{5, want[2], want[3]}
	for i, w := range want {
		epoch := want[i/n*n : i/n*n+n]
		for k := i; slices.Contains(lost, w); k++ {
			w = epoch[k%n]
		}
		if got[i] != w {
			t.Errorf("place %d: item %d, want %d", i, got[i], w)
		}
	}
	told := l.TakeUnreadable()
	if len(told) != 3 || told[0].Err != errGone || !slices.Contains(lost, told[0].Item) {
		t.Errorf("told of %v, want the three of %v once each", told, lost)
	}
	if again := l.TakeUnreadable(); again != nil {
		t.Errorf("told again of %v", again)
	}
	all, l := deal(failing{counting{2}, []int{0, 1}}, 3)
	if !slices.Equal(all, []int{0, 0, 0}) || len(l.TakeUnreadable()) != 2 {
		t.Errorf("of nothing: %v", all)
	}
}

// A file in the cache that is cut while it is mapped costs the items in it, not the program.
func TestCutWhileMapped(t *testing.T) {
	dir := many(t)
	o := Options{Cache: t.TempDir(), Size: 32}
	set := openWith(t, dir, o)
	if err := os.Truncate(cachedFile(t, o.Cache), 1<<20); err != nil {
		t.Skip(err) // not where mapped files cannot be changed
	}
	dst := make([]float32, set.Item)
	if _, err := set.TryRead(0, dst); err != nil {
		t.Errorf("item 0: %v", err)
	}
	last := set.Len() - 1
	if _, err := set.TryRead(last, dst); !strings.Contains(fmt.Sprint(err), "the cache cannot be read any more") {
		t.Errorf("item %d: %v, want that it is lost", last, err)
	}
	if label := set.Read(last, dst); label != 1 || dst[0] != 0 {
		t.Errorf("item %d reads as %v of class %d, want grey of 1", last, dst[0], label)
	}
	l := NewLoader(set, 1, false)
	l.Next(set.Len(), make([]float32, set.Len()*set.Item), nil)
	if n := len(l.TakeUnreadable()); n == 0 || n >= set.Len() {
		t.Errorf("%d of %d items lost", n, set.Len())
	}
	sameSets(t, "made anew", openWith(t, dir, o), openWith(t, dir, Options{Size: 32}))
}
