package source

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"ganvas/datasets/internal/array"
	"ganvas/datasets/internal/container"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
	"ganvas/engine/wholefile"
)

// Originals gives access to the pictures of a source as they are before any preparation. It is safe
// for concurrent use, one picture at a time.
type Originals struct {
	source string
	o      dataset.Options // of which only Cell and Stride count

	mu      sync.Mutex
	natural dataset.Set    // of sources that are no files of pictures; nil: not opened yet
	array   array.Grid     // its pictures, if it is an array
	list    *files.Listing // of archives and the like; nil: not needed yet
	entries map[string]int // by name
}

// OpenOriginals returns access to the pictures of a source, of which o says whether they are cut
// into cells, and which frames are items. It reads nothing yet.
func OpenOriginals(source string, o dataset.Options) *Originals {
	return &Originals{source: source, o: dataset.Options{Cell: o.Cell, Stride: o.Stride}}
}

// Close lets go of the files. No method is called after it.
func (o *Originals) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.list != nil {
		o.list.Close()
		o.list = nil
	}
	o.natural, o.array = nil, array.Grid{}
}

// Picture returns item i of a set of pictures that was opened from the source, or of a part of one,
// as it was before preparation, and shares no memory with anything. Pictures that are drawn, at
// whatever size, are what they are. The error says why a file cannot be read any more.
func (o *Originals) Picture(ctx context.Context, set dataset.Set, i int) (image.Image, error) {
	whole, i := dataset.Whole(set, i)
	o.mu.Lock()
	defer o.mu.Unlock()
	origin := dataset.OriginOf(whole, i)
	switch {
	case o.source == "shapes":
		return dataset.Picture(whole, i), nil
	case origin.Name == "" || IsBuiltin(o.source):
		if o.natural == nil {
			natural, err := openAll(ctx, []string{o.source}, dataset.Options{Labels: "none"}, nil, &o.array)
			if err != nil {
				return nil, err
			}
			o.natural = natural
		}
		if i >= o.natural.Len() {
			return nil, fmt.Errorf("read item %d of %s: it is not there any more: choose the data again", i, o.source)
		}
		if o.array.N > 0 {
			return copied(o.array.Picture(i)), nil
		}
		return dataset.Picture(o.natural, i), nil
	}
	e, err := o.entry(ctx, origin.Name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", origin.Name, wholefile.Cause(err))
	}
	img, err := decoded(e, origin.Part, o.o, dataset.StandardLimits)
	if err != nil {
		return nil, fmt.Errorf("read %s: %s", origin.Name, wording.Reason(err))
	}
	return prepare.Stretched(img, whole.Info().White), nil
}

// entry finds a file by the name that items have. Where the source is a folder, nothing else is
// looked at; the caller holds mu.
func (o *Originals) entry(ctx context.Context, name string) (files.Entry, error) {
	if o.list == nil {
		if _, below, ok := strings.Cut(name, "/"); ok {
			root, err := os.OpenRoot(o.source)
			if err == nil {
				defer root.Close()
				below = filepath.FromSlash(below)
				if info, err := root.Lstat(below); err == nil && info.Mode().IsRegular() && info.Size() <= dataset.StandardLimits.File {
					data, err := root.ReadFile(below)
					return files.InMemory(name, data), err
				}
			}
		}
		list, err := listOf(ctx, o.source)
		if err != nil {
			return files.Entry{}, err
		}
		o.list, o.entries = list, make(map[string]int, len(list.Entries))
		for i, e := range list.Entries {
			o.entries[e.Name] = i
		}
	}
	i, ok := o.entries[name]
	if !ok {
		return files.Entry{}, os.ErrNotExist
	}
	return o.list.Entries[i], nil
}

// listOf lists a folder, an archive, or a file of pictures.
func listOf(ctx context.Context, path string) (*files.Listing, error) {
	kind, err := classify(path)
	if err != nil {
		return nil, err
	}
	list := new(files.Listing)
	switch kind {
	case files.Folder:
		err = list.AddFolder(ctx, path, dataset.StandardLimits)
	case files.Archive:
		err = list.AddArchive(ctx, path, dataset.StandardLimits)
	default:
		if err = list.AddFile(path, kind); err != nil {
			err = missing(path, err)
		}
	}
	if err == nil {
		err = container.Expand(ctx, list, 0, dataset.StandardLimits)
	}
	if err != nil {
		list.Close()
		return nil, err
	}
	if len(list.Entries) == 1 && list.Entries[0].Named {
		list.Entries[0].Alone = true
	}
	return list, nil
}

// decoded decodes one of the items of a file, which o says how to count.
func decoded(e files.Entry, part int, o dataset.Options, lim dataset.Limits) (image.Image, error) {
	h, err := picture.Examine(e, o.Cell, lim)
	if err != nil {
		return nil, err
	}
	data, err := e.Contents(lim)
	if err != nil {
		return nil, err
	}
	if h.Frames <= 1 {
		return picture.DecodePicture(data, lim)
	}
	h.Orient(data)
	var found image.Image
	err = picture.EachFrame(data, h, lim, func(i int, img image.Image) bool {
		if i == part*max(1, o.Stride) {
			found = copied(img)
		}
		return found == nil
	})
	if found != nil {
		return found, nil
	}
	if err == nil {
		err = files.ErrNotPicture
	}
	return nil, err
}

// copied returns a picture that shares no memory with img.
func copied(img image.Image) image.Image {
	b := img.Bounds()
	switch img := img.(type) {
	case *image.Gray:
		out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
		draw.Draw(out, out.Rect, img, b.Min, draw.Src)
		return out
	case *image.NRGBA: // exactly, without a way through colours multiplied by alpha
		out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
		for y := range b.Dy() {
			copy(out.Pix[y*out.Stride:(y+1)*out.Stride], img.Pix[img.PixOffset(b.Min.X, b.Min.Y+y):])
		}
		return out
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	return out
}

// Prepared returns what a network gets of a picture, for the screen, and which part of the picture
// it is. A size or a number of channels that is left open is that of the picture.
func Prepared(img image.Image, o dataset.Options) (out image.Image, part image.Rectangle, err error) {
	if o, err = dataset.Checked(o); err != nil {
		return nil, part, err
	}
	b := img.Bounds()
	if o.Size == 0 {
		o.Size = max(dataset.MinSide, min(b.Dx(), b.Dy(), dataset.MaxSide))
	}
	if o.Channels == 0 {
		o.Channels = picture.ChannelsOf(img.ColorModel())
	}
	p := prepare.NewPreparer(o.Size, o.Channels, o)
	data := make([]uint8, o.Size*o.Size*o.Channels)
	if _, err = work.Guarded(func() (struct{}, error) { p.Do(data, img); return struct{}{}, nil }); err != nil {
		return nil, part, err
	}
	values := make([]float32, len(data))
	for i, v := range data {
		values[i] = dataset.FromByte[v]
	}
	part, _ = p.Frame(b)
	return dataset.ToImage(values, o.Size, o.Size, o.Channels), part, nil
}

// Part returns which part of a picture with bounds b is used; it reads nothing. Options that cannot
// be are taken for the whole.
func Part(b image.Rectangle, o dataset.Options) image.Rectangle {
	o, err := dataset.Checked(o)
	if err != nil || b.Empty() {
		return b
	}
	part, _ := prepare.NewPreparer(max(dataset.MinSide, o.Size), 1, o).Frame(b)
	return part
}
