package source

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/datasets/internal/array"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
)

// cifar is the layout of the binary files of CIFAR (Krizhevsky, "Learning multiple layers of
// features from tiny images", 2009): for each picture its labels, a byte each, then 32×32 of red,
// of green and of blue.
type cifar struct {
	name    string
	labels  int    // bytes before the pixels; the last is the class
	classes string // the file that names the classes, one a line
}

var cifars = []*cifar{{"CIFAR-10", 1, "batches.meta.txt"}, {"CIFAR-100", 2, "fine_label_names.txt"}}

const cifarSide = 32

func (c *cifar) record() int64 { return int64(c.labels + 3*cifarSide*cifarSide) }

// cifarLayout returns the layout of a file, which nothing but its name and size tell, or nil.
func cifarLayout(name string, size int64) *cifar {
	if strings.ToLower(path.Ext(name)) != ".bin" || size == 0 {
		return nil
	}
	for _, c := range cifars {
		if size%c.record() == 0 {
			return c
		}
	}
	return nil
}

// cifarEntries returns the entries that are CIFAR's, if nothing else in the listing is a picture:
// those to train on, where it holds those for tests too.
func cifarEntries(l *files.Listing) (c *cifar, found []files.Entry, left int) {
	for _, e := range l.Entries {
		layout := cifarLayout(e.Name, e.Size)
		switch {
		case layout == nil && files.PictureName(e.Name), layout != nil && c != nil && layout != c:
			return nil, nil, 0
		case layout != nil:
			c, found = layout, append(found, e)
		}
	}
	isTest := func(e files.Entry) bool { return strings.HasPrefix(strings.ToLower(path.Base(e.Name)), "test") }
	train := slices.DeleteFunc(slices.Clone(found), isTest)
	if len(train) > 0 {
		left = len(found) - len(train)
		found = train
	}
	slices.SortFunc(found, func(a, b files.Entry) int { return strings.Compare(a.Name, b.Name) })
	return c, found, left
}

// openCIFAR reads the pictures of CIFAR's files.
func (r *reading) openCIFAR(ctx context.Context, c *cifar, files []files.Entry) (*dataset.PictureSet, error) {
	l, what, lim := r.list, r.what, r.lim
	g := &array.Grid{H: cifarSide, W: cifarSide, C: 3}
	var words []string
	var total int64
	for _, e := range files {
		if total += e.Size; total > lim.Memory {
			return nil, fmt.Errorf("read %s: more than %.1f GB of pictures: choose fewer files", what, float64(lim.Memory)/(1<<30))
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read %s: %w", what, err)
		}
		if err := c.read(e, g, &words); err != nil {
			l.Skip(e.Name, wording.Reason(err))
		}
	}
	if g.N < dataset.MinItems {
		if len(l.Skipped) > 0 {
			return nil, fmt.Errorf("read %s: no picture can be read; %s: download it again", what, firstSkip(l))
		}
		return nil, fmt.Errorf("read %s: a single picture is too few: at least %d are needed: choose another file", what, dataset.MinItems)
	}
	from := "the files"
	if names, file := c.classNames(l, files); names != nil {
		from = file
		for i, w := range words {
			var k int
			if fmt.Sscan(w, &k); k < len(names) {
				words[i] = names[k]
			}
		}
	}
	y := dataset.ClassesOf(words, from)
	info := dataset.Info{Kind: dataset.Pictures, Skipped: l.Skipped, Notes: []string{
		fmt.Sprintf("%s colour pictures of %d×%d from %s of %s, labels from %s", wording.Thousands(g.N), cifarSide, cifarSide, wording.Counted(len(files), "file", "files"), c.name, from),
	}}
	return array.OpenGrid(ctx, info, g, y, r.request())
}

// read appends the pictures of a file. What is there of a cut one stays.
func (c *cifar) read(e files.Entry, g *array.Grid, words *[]string) error {
	r, err := e.Open(e.Name)
	if err != nil {
		return err
	}
	defer r.Close()
	const plane = cifarSide * cifarSide
	for record := make([]byte, c.record()); ; {
		if _, err := io.ReadFull(r, record); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		*words = append(*words, fmt.Sprint(record[c.labels-1]))
		rgb := record[c.labels:]
		for i := range plane {
			g.Values = append(g.Values, rgb[i], rgb[plane+i], rgb[2*plane+i])
		}
		g.N++
	}
}

// classNames reads the names of the classes from the file in the listing or beside the first file,
// if it is there.
func (c *cifar) classNames(l *files.Listing, files []files.Entry) (names []string, file string) {
	var text []byte
	for _, e := range l.Entries {
		if path.Base(e.Name) == c.classes {
			text, _ = e.Contents(dataset.Limits{File: 1 << 20})
			file = e.Name
		}
	}
	if text == nil && files[0].Beside != "" {
		name := filepath.Join(files[0].Beside, c.classes)
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && info.Size() < 1<<20 {
			text, _ = os.ReadFile(name)
			file = name
		}
	}
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			names = append(names, string(line))
		}
	}
	return names, path.Base(filepath.ToSlash(file))
}
