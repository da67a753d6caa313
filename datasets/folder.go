package datasets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"
)

// openPictures reads folders, zips and pictures as one set.
func openPictures(ctx context.Context, sources []source, o Options, lim limits, progress func(done, total int)) (Set, error) {
	var list listing
	defer list.close()
	paths := make([]string, len(sources))
	for i, s := range sources {
		paths[i] = s.path
		if dir := filepath.Dir(absolute(s.path)); !slices.Contains(list.beside, dir) {
			list.beside = append(list.beside, dir)
		}
		var err error
		switch s.kind {
		case isFolder:
			err = list.addFolder(ctx, s.path)
		case isArchive:
			err = list.addArchive(ctx, s.path, lim)
		default:
			err = list.addFile(s.path, s.kind)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := list.expand(ctx, o, lim); err != nil {
		return nil, fmt.Errorf("read %s: %w", joined(paths), err)
	}
	if len(list.entries) == 1 && list.entries[0].named {
		list.entries[0].alone = true
	}
	set, err := openListing(ctx, &list, joined(paths), o, lim, progress)
	if err != nil {
		return nil, err
	}
	set.info.Name = shown(paths)
	return set, nil
}

// openListing reads what a listing holds: CIFAR's files, or pictures.
func openListing(ctx context.Context, list *listing, what string, o Options, lim limits, progress func(done, total int)) (*pictures, error) {
	if c, files, left := list.cifarEntries(); c != nil {
		set, err := openCIFAR(ctx, list, c, files, what, o, lim)
		if err == nil && left > 0 {
			set.info.Notes = append(set.info.Notes, counted(left, "file of test pictures", "files of test pictures")+" left out")
		}
		return set, err
	}
	return readListing(ctx, list, what, o, lim, progress)
}

// joined names the sources in errors, as the user wrote them.
func joined(paths []string) string {
	if len(paths) > 3 {
		return fmt.Sprintf("%s and %d more", paths[0], len(paths)-1)
	}
	return listed(paths)
}

// candidate is an entry on its way to an item.
type candidate struct {
	entry
	header header
	alpha  bool // it has transparent pixels
	sum    [32]byte
	err    error // why it was left out
	items  int   // that it promises
	got    int   // that were read
	partly error // why fewer
}

// readListing reads all pictures of a listing in two passes: what they are, which decides the shape, then what they show.
// what names the sources in errors.
func readListing(ctx context.Context, list *listing, what string, o Options, lim limits, progress func(done, total int)) (*pictures, error) {
	slices.SortStableFunc(list.entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	all := make([]candidate, len(list.entries))
	half := 0
	step := func() {
		half++
		progress(half/2, len(all))
	}
	err := inParallel(ctx, len(all), step, func(_, i int) {
		all[i].entry = list.entries[i]
		all[i].header, all[i].err = examine(list.entries[i], o, lim)
		if frames, stride := all[i].header.frames, max(1, o.Stride); all[i].header.cells == nil {
			all[i].items = (frames-1)/stride + 1
		} else {
			all[i].items = frames
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	good := list.sift(all)
	first, count := itemsOf(good)
	if err := enough(list, count, what); err != nil {
		return nil, err
	}

	size, channels := shapeOf(good, o)
	if err := lim.checkMemory(what, count, size, channels); err != nil {
		return nil, err
	}
	half = 2*len(all) - len(good) // what was sifted out is done
	item := size * size * channels
	data := make([]uint8, count*item)
	preparers := make([]*preparer, workers())
	err = inParallel(ctx, len(good), step, func(w, i int) {
		if preparers[w] == nil {
			preparers[w] = newPreparer(size, channels, o)
		}
		good[i].decode(data[first[i]*item:(first[i]+good[i].items)*item], item, preparers[w], o, lim)
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	data = compact(data, item, good)
	good = list.sift(good)
	if err := enough(list, len(data)/item, what); err != nil {
		return nil, err
	}
	count = len(data) / item
	if o.Channels == 0 {
		data, channels = narrow(data, channels)
	}

	labels, names, err := list.classify(ctx, good, o, lim)
	if err != nil {
		return nil, err
	}
	labels = perItem(good, labels)
	info := Info{
		Kind: Pictures, Count: count, Shape: []int{size, size, channels},
		Labels: names, Skipped: list.skipped, Fingerprint: fingerprint(good),
	}
	info.Notes = notes(good, list, info, o)
	set := newPictures(info, data, labels)
	set.origins = originsOf(good)
	return set, nil
}

// decode reads the whole of a candidate into the bytes of its items.
func (c *candidate) decode(dst []uint8, item int, p *preparer, o Options, lim limits) {
	data, err := c.contents(lim)
	if err != nil {
		c.err = err
		return
	}
	c.sum, c.size = sha256.Sum256(data), int64(len(data))
	if c.header.frames > 1 {
		c.decodeFrames(data, dst, item, p, o, lim)
		return
	}
	img, err := decodePicture(data, lim)
	if err != nil {
		c.err = err
		return
	}
	c.alpha = !isOpaque(img)
	_, c.err = guarded(func() (image.Image, error) {
		p.do(dst, img)
		return nil, nil
	})
	c.got = 1
}

// decodeFrames is decode for a file of several items. What can be read of it stays.
func (c *candidate) decodeFrames(data []byte, dst []uint8, item int, p *preparer, o Options, lim limits) {
	err := eachFrame(data, c.header, lim, func(i int, img image.Image) bool {
		if i%max(1, o.Stride) == 0 {
			c.alpha = c.alpha || !isOpaque(img)
			p.do(dst[c.got*item:(c.got+1)*item], img)
			c.got++
		}
		return c.got < c.items
	})
	switch {
	case c.got > 0:
		c.partly = err
	case err != nil:
		c.err = err
	default:
		c.err = errors.New("nothing to be seen in it")
	}
}

// promised says whether an entry was meant to be a picture.
func (e entry) promised() bool { return e.named || e.picture || pictureName(e.name) }

// sift returns the candidates without an error; the others become skipped, or are only counted where nobody would
// take them for pictures.
func (l *listing) sift(all []candidate) []candidate {
	var good []candidate
	for _, c := range all {
		switch {
		case c.err == nil:
			good = append(good, c)
			if c.partly != nil {
				l.skip(c.name, fmt.Sprintf("only the first %s: %s", counted(c.got, "item", "items"), reason(c.partly)))
			}
		case errors.Is(c.err, errNotPicture) && !c.promised():
			l.other(c.name)
		case errors.Is(c.err, errEmpty) && !c.promised():
			l.others++
		default:
			l.skip(c.name, reason(c.err))
		}
	}
	return good
}

// enough returns an error when fewer pictures are left than a set needs.
func enough(l *listing, good int, what string) error {
	if good >= minItems {
		return nil
	}
	switch {
	case good == 1 && len(l.skipped) == 0:
		return fmt.Errorf("read %s: a single picture is too few: at least %d are needed, and some hundreds to learn from: choose a folder or a zip, or name a sheet of sprites after its cells, as in sprites_16x16.png", what, minItems)
	case good == 1:
		return fmt.Errorf("read %s: only 1 picture can be read, at least %d are needed; %s: add pictures", what, minItems, firstSkip(l))
	case len(l.skipped) > 0:
		return fmt.Errorf("read %s: no picture can be read; %s: choose %s pictures of at least %d×%d pixels", what, firstSkip(l), formatsOf, minSide, minSide)
	case l.hint != "":
		return fmt.Errorf("read %s: no %s picture in it, but %s: open that file itself", what, formatsOf, l.hint)
	case l.others > 0:
		return fmt.Errorf("read %s: none of its %s is a %s picture: choose a folder or zip of pictures", what, counted(l.others, "file", "files"), formatsOf)
	}
	return fmt.Errorf("read %s: it is empty: choose a folder or zip of %s pictures", what, formatsOf)
}

func firstSkip(l *listing) string {
	s := fmt.Sprintf("%s: %s", l.skipped[0].Path, l.skipped[0].Reason)
	if more := len(l.skipped) - 1; more > 0 {
		s += fmt.Sprintf(", and %s more", thousands(more))
	}
	return s
}

// shapeOf returns the side and channels of the items: what was asked for, else what is natural: the median of
// the sides that the fit keeps, and the fewest channels that hold every picture.
func shapeOf(good []candidate, o Options) (size, channels int) {
	sides := make([]int, len(good))
	for i, c := range good {
		sides[i] = min(c.header.w, c.header.h)
		if o.Fit == "pad" {
			sides[i] = max(c.header.w, c.header.h)
		}
		channels = max(channels, c.header.channels)
	}
	slices.Sort(sides)
	size = sides[len(sides)/2]
	if o.Size != 0 {
		size = o.Size
	}
	if o.Channels != 0 {
		channels = o.Channels
	}
	return size, channels
}

// labelsOf takes the first sub-folder below what all pictures share as their class. Fewer than two classes are none;
// pictures outside of any have label -1.
func labelsOf(good []candidate, o Options) ([]int32, []string) {
	if o.Labels == "none" {
		return nil, nil
	}
	if slices.ContainsFunc(good, func(c candidate) bool { return c.from != "" }) {
		words := make([]string, len(good))
		for i, c := range good {
			words[i] = c.label
		}
		y := labellingOf(words, "")
		return y.index, y.names
	}
	shared := len(commonFolder(good))
	class := func(c candidate) string {
		name, _, found := strings.Cut(c.name[shared:], "/")
		if !found {
			return ""
		}
		return name
	}
	index := make(map[string]int32)
	for _, c := range good {
		if name := class(c); name != "" {
			index[name] = 0
		}
	}
	if len(index) < 2 {
		return nil, nil
	}
	var names []string
	for name := range index {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		index[name] = int32(i)
	}
	labels := make([]int32, len(good))
	for i, c := range good {
		labels[i] = -1
		if name := class(c); name != "" {
			labels[i] = index[name]
		}
	}
	return labels, names
}

// commonFolder returns the longest path, ending in a slash, that all names begin with.
func commonFolder(all []candidate) string {
	prefix := all[0].name[:strings.LastIndex(all[0].name, "/")+1]
	for _, c := range all {
		for !strings.HasPrefix(c.name, prefix) {
			prefix = prefix[:strings.LastIndex(strings.TrimSuffix(prefix, "/"), "/")+1]
		}
	}
	return prefix
}

// fingerprint sums names below what they share, sizes and contents, so that a renamed or moved folder keeps its fingerprint
// and a zip of it has the same.
func fingerprint(all []candidate) string {
	shared := len(commonFolder(all))
	h := sha256.New()
	for _, c := range all {
		fmt.Fprintf(h, "%s\x00%d\x00%x\n", c.name[shared:], c.size, c.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}
