package datasets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
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
		all[i].header, all[i].err = examine(list.entries[i], lim)
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	good := list.sift(all)
	if err := enough(list, good, what); err != nil {
		return nil, err
	}

	size, channels := shapeOf(good, o)
	if err := lim.checkMemory(what, len(good), size, channels); err != nil {
		return nil, err
	}
	half = 2*len(all) - len(good) // what was sifted out is done
	item := size * size * channels
	data := make([]uint8, len(good)*item)
	preparers := make([]*preparer, workers())
	err = inParallel(ctx, len(good), step, func(w, i int) {
		if preparers[w] == nil {
			preparers[w] = newPreparer(size, channels, o)
		}
		good[i].decode(data[i*item:(i+1)*item], preparers[w], lim)
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	data = compact(data, item, good)
	good = list.sift(good)
	if err := enough(list, good, what); err != nil {
		return nil, err
	}
	if o.Channels == 0 {
		data, channels = narrow(data, channels)
	}

	labels, names := labelsOf(good, o)
	info := Info{
		Kind: Pictures, Count: len(good), Shape: []int{size, size, channels},
		Labels: names, Skipped: list.skipped, Fingerprint: fingerprint(good),
	}
	info.Notes = notes(good, list, info, o)
	return newPictures(info, data, labels), nil
}

// examine reads the beginning of an entry.
func examine(e entry, lim limits) (header, error) {
	r, err := e.limited(lim)
	if err != nil {
		return header{}, err
	}
	defer r.Close()
	return readHeader(r, lim)
}

// decode reads the whole of a candidate into the bytes of its item.
func (c *candidate) decode(dst []uint8, p *preparer, lim limits) {
	data, err := c.contents(lim)
	if err != nil {
		c.err = err
		return
	}
	c.sum = sha256.Sum256(data)
	img, err := decodePicture(data, lim)
	if err != nil {
		c.err = err
		return
	}
	c.size = int64(len(data))
	c.alpha = !isOpaque(img)
	_, c.err = guarded(func() (image.Image, error) {
		p.do(dst, img)
		return nil, nil
	})
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
func enough(l *listing, good []candidate, what string) error {
	if len(good) >= minItems {
		return nil
	}
	switch {
	case len(good) == 1 && len(l.skipped) == 0:
		return fmt.Errorf("read %s: a single picture is too few: at least %d are needed, and some hundreds to learn from: choose a folder or a zip", what, minItems)
	case len(good) == 1:
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

// compact closes the gaps that failed candidates left.
func compact(data []uint8, item int, all []candidate) []uint8 {
	n := 0
	for i := range all {
		if all[i].err != nil {
			continue
		}
		if n != i {
			copy(data[n*item:(n+1)*item], data[i*item:(i+1)*item])
		}
		n++
	}
	return data[:n*item]
}

// narrow drops an alpha channel that is opaque everywhere and colours that are grey everywhere, in place.
func narrow(data []uint8, channels int) ([]uint8, int) {
	if channels == 4 {
		for i := 3; i < len(data); i += 4 {
			if data[i] != 255 {
				return data, 4
			}
		}
		n := len(data) / 4
		for i := range n {
			copy(data[3*i:3*i+3], data[4*i:4*i+3])
		}
		data, channels = data[:3*n], 3
	}
	if channels == 3 {
		for i := 0; i < len(data); i += 3 {
			if data[i] != data[i+1] || data[i] != data[i+2] {
				return data, 3
			}
		}
		n := len(data) / 3
		for i := range n {
			data[i] = data[3*i]
		}
		data = data[:n]
	}
	return data, 1
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
