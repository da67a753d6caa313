package source

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"ganvas/datasets/internal/cache"
	"ganvas/datasets/internal/container"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/labelling"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
)

// reading makes a set of the pictures that a listing holds.
type reading struct {
	opening
	what       string // names the sources in errors
	list       *files.Listing
	keep       *cache.Keeping // where the items go, or nil: into memory
	labels     labelling.Found
	unlabelled bool        // nobody asks for the labels
	white      int         // see Info.White
	bright     atomic.Bool // some picture is

	begun, done, total int // files
}

// openPictures reads folders, zips and pictures as one set, or finds what was made of them before
// in the cache.
func (x opening) openPictures(ctx context.Context, sources []files.Source) (dataset.Set, error) {
	r := &reading{opening: x, list: &files.Listing{Finds: &files.Finds{Tell: x.progress}}}
	defer r.list.Close()
	paths := make([]string, len(sources))
	for i, s := range sources {
		paths[i] = s.Path
		if dir := filepath.Dir(wording.Absolute(s.Path)); !slices.Contains(r.list.Beside, dir) {
			r.list.Beside = append(r.list.Beside, dir)
		}
	}
	r.what = joined(paths)
	set, err := r.openSources(ctx, sources)
	if err != nil {
		return nil, err
	}
	set.About.Name = wording.Shown(paths)
	if x.o.Mirror {
		set.About.Notes = append(set.About.Notes, dataset.MirrorNote)
	}
	return set, nil
}

// openSources is openPictures without what depends on how the sources are called and dealt out.
func (r *reading) openSources(ctx context.Context, sources []files.Source) (*dataset.PictureSet, error) {
	found := make([]func() []files.Entry, len(sources)) // what is in folders, which are looked into first
	for i, s := range sources {
		var err error
		if s.Kind == files.Folder {
			found[i], err = r.list.Walk(ctx, s.Path, r.lim)
		} else if err = r.list.StampFile(s.Path); err != nil {
			err = missing(s.Path, err)
		}
		if err != nil {
			return nil, err
		}
	}
	// What is kept has labels, so that it is kept once for those who want them and for others.
	if r.o.Cache != "" && r.o.Labels == "none" {
		r.o.Labels, r.unlabelled = "folder", true
	}
	set, err := r.openStamped(ctx, sources, found)
	if err == nil && r.unlabelled {
		set.DropLabels()
	}
	return set, err
}

// openStamped is openSources for sources whose stamps are known, and of which the folders are
// listed already: walked has their files.
func (r *reading) openStamped(ctx context.Context, sources []files.Source, walked []func() []files.Entry) (*dataset.PictureSet, error) {
	l := r.list
	r.keep = cache.KeepingOf(r.o, l.Stamps, labelling.TablesBeside(l.Beside, r.o))
	if set := r.keep.Load(ctx, r.progress); set != nil {
		return set, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", r.what, err)
	}
	found := make([][]files.Entry, len(sources)) // in their order
	for i, s := range sources {
		var err error
		switch s.Kind {
		case files.Folder:
			l.Entries = walked[i]()
		case files.Archive:
			err = l.AddArchive(ctx, s.Path, r.lim)
		default:
			if err = l.AddFile(s.Path, s.Kind); err != nil {
				err = missing(s.Path, err)
			}
		}
		if err != nil {
			return nil, err
		}
		found[i], l.Entries = l.Entries, nil
	}
	if l.Entries = found[0]; len(found) > 1 {
		l.Entries = slices.Concat(found...)
	}
	if err := container.Expand(ctx, l, r.o.Stride, r.lim); err != nil {
		return nil, fmt.Errorf("read %s: %w", r.what, err)
	}
	if len(l.Entries) == 1 && l.Entries[0].Named {
		l.Entries[0].Alone = true
	}
	return r.openListing(ctx)
}

// openListing reads what a listing holds: CIFAR's files, or pictures.
func (r *reading) openListing(ctx context.Context) (*dataset.PictureSet, error) {
	if c, files, left := cifarEntries(r.list); c != nil {
		set, err := r.openCIFAR(ctx, c, files)
		if err == nil && left > 0 {
			set.About.Notes = append(set.About.Notes, wording.Counted(left, "file of test pictures", "files of test pictures")+" left out")
		}
		return set, err
	}
	return r.read(ctx)
}

// decodeWork is how many times as long as looking at what a picture is it takes to decode it, in
// about.
const decodeWork = 8

func (r *reading) tell() { r.progress((r.begun+decodeWork*r.done)/(1+decodeWork), r.total) }

// read reads all pictures of the listing in two passes: what they are, which decides the shape,
// then what they show.
func (r *reading) read(ctx context.Context) (*dataset.PictureSet, error) {
	slices.SortStableFunc(r.list.Entries, func(a, b files.Entry) int { return strings.Compare(a.Name, b.Name) })
	all := make([]candidate, len(r.list.Entries))
	r.total = len(all)
	if err := r.examine(ctx, all); err != nil {
		return nil, fmt.Errorf("read %s: %w", r.what, err)
	}
	good := sift(r.list, all)
	count := place(good)
	if err := enough(r.list, count, r.what); err != nil {
		return nil, err
	}
	size, channels := prepare.ShapeOf(inputs(good), r.o)
	to, err := r.decode(ctx, good, cache.SlotShape{Count: count, Side: size, Channels: channels})
	if err != nil {
		return nil, err
	}
	defer to.Discard()
	good = sift(r.list, good)
	count = itemsRead(good)
	if err := enough(r.list, count, r.what); err != nil {
		return nil, err
	}
	if r.o.Channels == 0 {
		channels = narrowest(good, channels)
	}
	info := dataset.Info{Kind: dataset.Pictures, White: r.white, Count: count, Shape: []int{size, size, channels}, Skipped: r.list.Skipped, Fingerprint: fingerprint(good)}
	info.Frames, info.Cut = parts(good)
	bare := r.notes(good, info)
	r.labels, err = labelling.Find(ctx, r.list, entriesOf(good), r.o, r.lim)
	if err != nil && ctx.Err() == nil && r.unlabelled {
		r.labels.Index, r.labels.Names, err = nil, nil, nil
	}
	if err != nil {
		return nil, err
	}
	info.Labels, info.Attributes, info.Attribute = r.labels.Names, r.labels.Attributes, r.labels.Attribute
	info.Notes = r.notes(good, info)
	return to.Set(cache.Prepared{Info: info, Bare: bare, Labels: perItem(good, r.labels.Index), Origins: originsOf(good), Runs: runs(good)})
}

// decode prepares the items of all candidates: into slots in the cache or, where these fail, in
// memory; and once more where it turns out that white is another value than usual.
func (r *reading) decode(ctx context.Context, good []candidate, shape cache.SlotShape) (*cache.Slots, error) {
	to, err := r.keep.Room(r.what, shape, r.list.Weight(), r.lim)
	if err != nil {
		return nil, err
	}
	r.done = r.total - len(good) // what was sifted out is done
	step := func() { r.done++; r.tell() }
	for {
		if err := r.decodeInto(ctx, good, to, step, shape); err != nil {
			to.Discard()
			return nil, fmt.Errorf("read %s: %w", r.what, err)
		}
		if to.Failed() != nil {
			r.done = r.total - len(good)
			if to, err = to.InMemory(r.what, shape, r.lim); err != nil {
				return nil, err
			}
		} else if r.white != 0 || !r.stretches(good) {
			return to, nil
		} else {
			step = func() {} // all are done once more, and were told already
		}
		for i := range good {
			good[i].forget()
		}
	}
}

// decodeInto is one pass of decode.
func (r *reading) decodeInto(ctx context.Context, good []candidate, to *cache.Slots, step func(), shape cache.SlotShape) error {
	preparers := make([]*prepare.Preparer, work.Workers())
	return work.Parallel(ctx, len(good), step, func(w, i int) {
		if preparers[w] == nil {
			preparers[w] = prepare.NewPreparer(shape.Side, shape.Channels, r.o)
			preparers[w].White, preparers[w].Seen = r.white, &r.bright
		}
		if to.Failed() != nil {
			return
		}
		good[i].decode(to, preparers[w], r.o, r.lim)
		if good[i].unsteady {
			r.keep.Distrust()
		}
	})
}

// stretches says whether all that was decoded is next to black, and notes what is to stand for
// white.
func (r *reading) stretches(good []candidate) bool {
	var all prepare.Peak
	for i := range good {
		all.Join(good[i].peak)
	}
	r.white = all.White()
	return r.white != 0
}

// joined names the sources in errors, as the user wrote them.
func joined(paths []string) string {
	if len(paths) > 3 {
		return fmt.Sprintf("%s and %d more", paths[0], len(paths)-1)
	}
	return wording.Listed(paths)
}

// ErrOnePicture is the reason why a source that holds one picture alone cannot be opened; it can
// where that is cut into cells.
var ErrOnePicture = errors.New("a single picture is too few")
