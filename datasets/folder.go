package datasets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// openPictures reads folders, zips and pictures as one set, or finds what was made of them before
// in the cache.
func openPictures(ctx context.Context, sources []source, o Options, lim limits, progress func(done, total int)) (Set, error) {
	list := listing{finds: &finds{tell: progress}}
	defer list.close()
	paths := make([]string, len(sources))
	for i, s := range sources {
		paths[i] = s.path
		if dir := filepath.Dir(absolute(s.path)); !slices.Contains(list.beside, dir) {
			list.beside = append(list.beside, dir)
		}
	}
	set, err := list.openSources(ctx, sources, joined(paths), o, lim, progress)
	if err != nil {
		return nil, err
	}
	set.info.Name = shown(paths)
	if o.Mirror {
		set.info.Notes = append(set.info.Notes, mirrorNote)
	}
	return set, nil
}

// openSources is openPictures without what depends on how the sources are called and dealt out.
// what names them in errors.
func (l *listing) openSources(ctx context.Context, sources []source, what string, o Options, lim limits, progress func(done, total int)) (*pictures, error) {
	found := make([]func() []entry, len(sources)) // what is in folders, which are looked into first
	for i, s := range sources {
		var err error
		if s.kind == isFolder {
			found[i], err = l.walk(ctx, s.path, lim)
		} else {
			err = l.stampFile(s.path)
		}
		if err != nil {
			return nil, err
		}
	}
	if o.Cache != "" && o.Labels == "none" { // what is kept has labels, so that it is kept once for those who want them and for others
		with := o
		with.Labels, l.unlabelled = "folder", true
		set, err := l.openStamped(ctx, sources, found, what, with, lim, progress)
		if err == nil {
			set.dropLabels()
		}
		return set, err
	}
	return l.openStamped(ctx, sources, found, what, o, lim, progress)
}

// openStamped is openSources for sources whose stamps are known, and of which the folders are
// listed already: walked has their files.
func (l *listing) openStamped(ctx context.Context, sources []source, walked []func() []entry, what string, o Options, lim limits, progress func(done, total int)) (*pictures, error) {
	l.keep = keepingOf(l, o)
	if set := l.keep.load(ctx, progress); set != nil {
		return set, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	found := make([][]entry, len(sources)) // in their order
	for i, s := range sources {
		var err error
		switch s.kind {
		case isFolder:
			l.entries = walked[i]()
		case isArchive:
			err = l.addArchive(ctx, s.path, lim)
		default:
			err = l.addFile(s.path, s.kind)
		}
		if err != nil {
			return nil, err
		}
		found[i], l.entries = l.entries, nil
	}
	if l.entries = found[0]; len(found) > 1 {
		l.entries = slices.Concat(found...)
	}
	if err := l.expand(ctx, o, lim); err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	if len(l.entries) == 1 && l.entries[0].named {
		l.entries[0].alone = true
	}
	return openListing(ctx, l, what, o, lim, progress)
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

// promised says whether an entry was meant to be a picture.
func (e entry) promised() bool { return e.named || e.picture || pictureName(e.name) }

// ErrOnePicture is the reason why a source that holds one picture alone cannot be opened; it can
// where that is cut into cells.
var ErrOnePicture = errors.New("a single picture is too few")

// enough returns an error when fewer pictures are left than a set needs.
func enough(l *listing, good int, what string) error {
	if good >= minItems {
		return nil
	}
	switch {
	case good == 1 && len(l.skipped) == 0:
		return fmt.Errorf("read %s: %w: at least %d are needed, and some hundreds to learn from: choose a folder or a zip; of a sheet of sprites set cell, or name it after its cells, as in sprites_16x16.png", what, ErrOnePicture, minItems)
	case good == 1:
		return fmt.Errorf("read %s: only 1 picture can be read, at least %d are needed; %s: add pictures", what, minItems, firstSkip(l))
	case len(l.skipped) > 0 && l.told == len(l.skipped):
		return fmt.Errorf("read %s: no picture can be read; %s", what, firstSkip(l))
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

// shapeOf returns the side and channels of the items: what was asked for, else what is natural: the
// median of the sides that the fit keeps, as far as a prepared picture may have it, and the fewest
// channels that hold every picture.
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
	size = min(sides[len(sides)/2], maxSide)
	if o.Size != 0 {
		size = o.Size
	}
	if o.Channels != 0 {
		channels = o.Channels
	}
	return size, channels
}

// labelsOf takes the first sub-folder below what all pictures share as their class, or the next
// where that is a part of the set, such as train. Fewer than two classes are none; pictures outside
// of any have label -1. splits are the names of the parts.
func labelsOf(good []candidate, o Options) (labels []int32, names, splits []string) {
	if o.Labels == "none" {
		return nil, nil, nil
	}
	if slices.ContainsFunc(good, func(c candidate) bool { return c.from != "" }) {
		words := make([]string, len(good))
		for i, c := range good {
			words[i] = c.label
		}
		y := labellingOf(words, "")
		return y.index, y.names, nil
	}
	classes, splits := classFolders(good)
	index := make(map[string]int32)
	for _, name := range classes {
		if name != "" {
			index[name] = 0
		}
	}
	if len(index) < 2 {
		return nil, nil, splits
	}
	names = slices.Sorted(maps.Keys(index))
	for i, name := range names {
		index[name] = int32(i)
	}
	labels = make([]int32, len(good))
	for i, name := range classes {
		labels[i] = -1
		if name != "" {
			labels[i] = index[name]
		}
	}
	return labels, names, splits
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

// fingerprint sums names below what they share, sizes and contents, so that a renamed or moved
// folder keeps its fingerprint and a zip of it has the same.
func fingerprint(all []candidate) string {
	shared := len(commonFolder(all))
	h := sha256.New()
	for _, c := range all {
		fmt.Fprintf(h, "%s\x00%d\x00%x\n", c.name[shared:], c.size, c.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}
