// Package datasets turns what a person drops in (folders, zips, pictures, tables of points, IDX
// pairs) and what is built in (point sets, digits, emoji, shapes) into items that a network can
// learn from, and deals them out in shuffled, reproducible batches. Whatever cannot be read is
// listed with its reason; the rest loads. It trains nothing, draws no windows and never writes to
// what it reads.
package datasets

import (
	"context"
	"fmt"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/engine/wholefile"
)

// Kind says what the items of a set are.
type Kind int

// The kinds of items: points of the plane, square pictures, and the rows of a table, which cannot
// be trained on.
const (
	Points Kind = iota
	Pictures
	Table
)

// String returns "points", "pictures" or "table".
func (k Kind) String() string {
	return [...]string{"points", "pictures", "table"}[k]
}

// PerSecond writes how many items a second are seen: "1,240 img/s", "3.2 points/s", "80 items/s".
func (k Kind) PerSecond(rate float64) string {
	unit := [...]string{"points/s", "img/s", "items/s"}[k]
	if rate < 9.95 {
		return fmt.Sprintf("%.1f %s", rate, unit)
	}
	return thousands(int(math.Round(rate))) + " " + unit
}

// Skip names something that was left out, and why.
type Skip struct{ Path, Reason string }

// Info says what was understood of a source. Its slices belong to the set: do not change them.
type Info struct {
	Name       string     // as shown: "MNIST digits", "holiday.zip"
	Kind       Kind       // points or pictures
	Count      int        // number of items
	Shape      []int      // of an item after preprocessing: {2} or {H, W, C}
	Labels     []string   // class names; empty: unlabelled
	Attributes []string   // columns of the table that the labels come from, of which one gives them; empty: there is no such table
	Attribute  string     // that one
	Skipped    []Skip     // what could not be read, and why
	Notes      []string   // what was understood and done, in plain sentences
	Columns    []Column   // of a table
	Head       [][]string // the first rows of a table, cells cut to 40 letters
	Frames     bool       // some items are frames of videos or of animated pictures, or pages
	Cut        bool       // some items are cells of sheets of sprites
	// White is what stands for white in the files, of 65,535, where all use a small part of the range;
	// 0: they use it.
	White       int
	Fingerprint string // SHA-256 in hex of the source's content, whatever the preprocessing
}

// Options is the preprocessing of a recipe. The zero value leaves a source as it is.
type Options struct {
	Size     int    // pixels a side; 0: the source's natural size
	Channels int    // 1 grey, 3 colour, 4 with alpha; 0: natural
	Fit      string // crop | pad | stretch; "" is crop
	// Mirror says that left-right flips count as data. The set itself stays as it is: hand Mirror
	// to NewLoader, which does the flipping.
	Mirror bool
	// Labels is none; folder, the labels that come with the source (sub-folders, a table of files
	// and labels among the pictures, the files' names); or the path of such a table. "" is folder.
	Labels string
	// Attribute is the column of labels in a table of several; "" chooses one and says which in
	// Notes.
	Attribute string
	// Background is what lies behind transparency when Channels is below 4, and around padded
	// pictures. The zero value is white; of any other its alpha does not matter.
	Background color.NRGBA
	// FocusX and FocusY say which point of a picture a crop is centred on, as far as its edges
	// allow: the place from left to right and from top to bottom, in widths and heights from the
	// middle, −0.5 to 0.5.
	FocusX, FocusY float64
	LeaveOut       string // the items to leave out, as LeaveOutText writes them; "" is none
	Drawn          string // the points of the set "drawn", as DrawnText writes them
	Seed           uint64 // of drawn sets: points and shapes
	// Tables lets Open return a table, whose Info describes it and whose Read panics. Else a table
	// is refused with a reason.
	Tables bool
	Cell   int // pixels a side of the cells that sheets of sprites are cut into; 0: pictures are not cut
	Stride int // of videos, animated pictures and TIFFs of pages, each how manieth frame is an item; 0: every one
	// Cache is the folder of a Cache in which large sets of pictures are kept once they are
	// decoded; "": they are decoded into memory. It changes no item.
	Cache string

	unprepared *grid // where the pictures of an array are left as they were; nil: nowhere
}

// Set is a readable, immutable collection of items, safe for concurrent use.
type Set interface {
	// Info says what the set is.
	Info() Info
	// Len returns the number of items.
	Len() int
	// Read writes item i to dst, whose length must be the product of Info().Shape: values in [-1,1]
	// in the order (H,W,C) for pictures, x and y for points. It returns the item's index into
	// Info().Labels, or -1 for none. It panics when i or the length of dst is out of range.
	Read(i int, dst []float32) (label int)
}

// TryRead reads item i of a set as its Read does, but returns an error, and leaves dst undefined,
// where the item was lost since the set was opened: sets that are kept on disk may be.
func TryRead(set Set, i int, dst []float32) (label int, err error) {
	if s, ok := set.(interface {
		TryRead(i int, dst []float32) (int, error)
	}); ok {
		return s.TryRead(i, dst)
	}
	return set.Read(i, dst), nil
}

// Modal is a point set that is a mixture of equal round Gaussians, its modes.
type Modal interface {
	// Modes returns the centres of the Gaussians and their common standard deviation.
	Modes() (centres [][2]float64, sigma float64)
}

// Affine is a set of points that were standardised: item = (original − offset) / scale on each
// axis.
type Affine interface {
	// Affine returns the scale and the offset of x and y.
	Affine() (scale, offset [2]float64)
}

const (
	minSide   = 4    // a picture with fewer pixels a side teaches a network nothing
	maxSide   = 4096 // of a prepared picture
	minItems  = 2
	formatsOf = "PNG, JPEG, GIF, BMP, TIFF or WebP"
)

// Open opens a built-in set by its name, or what lies at a path: a folder or a zip of pictures, a
// CSV of points, the images file of an IDX pair. Pictures are decoded on all processors; progress,
// which may be nil, is told how many of them are done, by one goroutine at a time, and before that
// how many files were found, of a total of 0; of a table, how many rows were read, of a rounded
// total. Cancelling ctx ends Open with ctx's error and has no effect later. Errors name the source,
// the place and the remedy.
func Open(ctx context.Context, source string, o Options, progress func(done, total int)) (Set, error) {
	return OpenAll(ctx, []string{source}, o, progress)
}

// OpenAll opens several sources as one set, as when files and folders are dropped together. Only
// folders, zips and pictures go together, and the two files of an IDX pair; a single source is as
// for Open. When sources are several folders, each is a class.
func OpenAll(ctx context.Context, sources []string, o Options, progress func(done, total int)) (Set, error) {
	set, err := openAll(ctx, sources, o, progress)
	if err != nil || o.LeaveOut == "" {
		return set, err
	}
	return LeaveOut(set, o.LeaveOut)
}

func openAll(ctx context.Context, sources []string, o Options, progress func(done, total int)) (Set, error) {
	o, err := o.checked()
	if err != nil {
		return nil, err
	}
	if len(sources) == 1 && isSource(sources[0]) {
		if o.fromFile() {
			return nil, fmt.Errorf("open %s: labels %q: choose none or folder: a table of labels goes with pictures in files", sources[0], o.Labels)
		}
		return openBuiltin(sources[0], o)
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return openFiles(ctx, sources, o, standardLimits, progress)
}

// checked returns o with its defaults filled in, or an error that names the field.
func (o Options) checked() (Options, error) {
	if o.Size != 0 && (o.Size < minSide || o.Size > maxSide) {
		return o, fmt.Errorf("prepare pictures: a size of %d: choose %d to %d pixels a side, or 0 for the natural size", o.Size, minSide, maxSide)
	}
	if o.Cell != 0 && (o.Cell < minSide || o.Cell > maxSide) || o.Stride < 0 {
		return o, fmt.Errorf("prepare pictures: cells of %d pixels and a stride of %d: choose cells of %d to %d pixels a side, or 0 for none, and a stride of 1 or more", o.Cell, o.Stride, minSide, maxSide)
	}
	switch o.Channels {
	case 0, 1, 3, 4:
	default:
		return o, fmt.Errorf("prepare pictures: %d channels: choose 1 (grey), 3 (colour) or 4 (with alpha)", o.Channels)
	}
	switch o.Fit {
	case "":
		o.Fit = "crop"
	case "crop", "pad", "stretch":
	default:
		return o, fmt.Errorf("prepare pictures: fit %q: choose crop, pad or stretch", o.Fit)
	}
	switch o.Labels {
	case "":
		o.Labels = "folder"
	case "none", "folder":
	default:
		switch strings.ToLower(filepath.Ext(o.Labels)) {
		case ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet":
		default:
			return o, fmt.Errorf("prepare data: labels %q: choose none or folder, or a table of files and labels (CSV, JSON or Parquet)", o.Labels)
		}
	}
	if !(math.Abs(o.FocusX) <= 0.5 && math.Abs(o.FocusY) <= 0.5) {
		return o, fmt.Errorf("prepare pictures: a crop around %g, %g: choose −0.5 to 0.5 widths and heights from the middle", o.FocusX, o.FocusY)
	}
	if o.Background == (color.NRGBA{}) {
		o.Background = color.NRGBA{R: 255, G: 255, B: 255}
	}
	o.Background.A = 255
	return o, nil
}

// openFiles decides from the content of the sources, not from their names, who reads them.
func openFiles(ctx context.Context, sources []string, o Options, lim limits, progress func(done, total int)) (Set, error) {
	if len(sources) == 0 || slices.Contains(sources, "") {
		return nil, fmt.Errorf("open data: nothing was named: choose a folder, a zip, a CSV or an IDX file")
	}
	var pictures []source
	var points, idx, arrays, parquets []string
	for _, path := range withoutRepeats(sources) {
		kind, err := classify(path)
		if err != nil {
			return nil, err
		}
		switch kind {
		case isText:
			points = append(points, path)
		case isNumPy:
			arrays = append(arrays, path)
		case isParquet:
			switch ok, err := parquetPictures(path); {
			case err != nil:
				return nil, fmt.Errorf("read %s: %w", path, err)
			case ok:
				pictures = append(pictures, source{path, kind})
			default:
				parquets = append(parquets, path)
			}
		case isIDX:
			idx = append(idx, path)
		default:
			pictures = append(pictures, source{path, kind})
		}
	}
	switch {
	case o.fromFile() && len(pictures) == 0:
		return nil, fmt.Errorf("read %s: labels %q: choose none or folder: a table of labels goes with pictures in files", sources[0], o.Labels)
	case len(parquets) == 1 && len(sources) == 1:
		return openParquetTable(ctx, parquets[0], o, lim, progress)
	case len(parquets) > 0:
		return nil, fmt.Errorf("read %s: a table cannot be joined with other data: open it on its own", parquets[0])
	case len(points) == 1 && len(idx)+len(pictures) == 0:
		return openText(ctx, points[0], o, lim, progress)
	case len(idx) == 1 && len(points)+len(pictures) == 0:
		return openIDX(ctx, idx[0], "", o, lim)
	case len(idx) == 2 && len(points)+len(pictures) == 0:
		return openIDXPair(ctx, idx[0], idx[1], o, lim)
	case len(arrays) > 0 && len(arrays) <= 2 && len(points)+len(pictures)+len(idx) == 0:
		return openNumPy(ctx, arrays, o, lim)
	case len(arrays) > 0:
		return nil, fmt.Errorf("read %s: an array cannot be joined with other data: open it on its own, or with its array of labels", arrays[0])
	case len(points) > 0:
		return nil, fmt.Errorf("read %s: a table of points cannot be joined with other data: open it on its own", points[0])
	case len(idx) > 0:
		return nil, fmt.Errorf("read %s: an IDX file cannot be joined with other data: open it on its own", idx[0])
	}
	return openPictures(ctx, pictures, o, lim, progress)
}

func withoutRepeats(paths []string) []string {
	var out []string
	seen := make(map[string]bool)
	for _, p := range paths {
		key := absolute(p)
		if !seen[key] {
			seen[key] = true
			out = append(out, p)
		}
	}
	return out
}

// missing explains a path that cannot be looked at.
func missing(path string, err error) error {
	if isSource(path) {
		return fmt.Errorf("read %s: a built-in set cannot be joined with other data: open it on its own", path)
	}
	if !os.IsNotExist(err) {
		return fmt.Errorf("read %s: %w: check its permissions", path, wholefile.Cause(err))
	}
	if strings.ContainsAny(path, `/\.`) {
		return fmt.Errorf("read %s: there is no such file or folder: check the path", path)
	}
	var names []string
	for _, b := range Builtins() {
		names = append(names, b.Name)
	}
	return fmt.Errorf("read %s: there is no such file, folder or built-in set: check the path, or choose one of %s", path, strings.Join(names, ", "))
}
