package source

import (
	"image"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"weak"

	"ganvas/datasets/data"
	"ganvas/datasets/internal/array"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
)

var (
	trainImages = &packedFile{name: "train images", file: data.TrainImages, known: "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971"}
	testImages  = &packedFile{name: "t10k images", file: data.TestImages, known: "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be"}
	trainLabels = &packedFile{name: "train labels", file: data.TrainLabels}
	testLabels  = &packedFile{name: "t10k labels", file: data.TestLabels}
)

// A packedFile is an embedded, gzipped IDX file. Whoever opens it unpacks it once for all that use
// it at the same time; when the last of them lets go, what was unpacked goes with it.
type packedFile struct {
	name, file string
	// known is what projects know the images by: the SHA-256 of the file as its makers packed it, which
	// stays whoever packs it anew. A test holds that the pixels are the same.
	known string

	mu   sync.Mutex
	used weak.Pointer[inflating]
}

// open reads the header, unless somebody who uses the file has done so.
func (f *packedFile) open() *inflating {
	f.mu.Lock()
	defer f.mu.Unlock()
	if z := f.used.Value(); z != nil {
		return z
	}
	r, err := files.Unzipped(strings.NewReader(f.file))
	if err != nil {
		broken(f.name, err)
	}
	dims, total, err := array.ReadIDXHeader(r, dataset.StandardLimits.Memory)
	if err != nil {
		broken(f.name, err)
	}
	z := &inflating{name: f.name, dims: dims, stream: r, values: make([]byte, total)}
	f.used = weak.Make(z)
	return z
}

// inflating is a packedFile in use. It is unpacked only as far as somebody has read: the first digit
// is there at once, and nobody waits for the last of 47 million bytes to see it.
type inflating struct {
	name   string
	dims   []int
	values []byte
	have   atomic.Int64 // bytes of values that are there

	mu     sync.Mutex
	stream io.Reader
}

// upTo returns the values, of which at least the first n are there.
func (z *inflating) upTo(n int) []byte {
	if int64(n) <= z.have.Load() {
		return z.values
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	have := int(z.have.Load())
	if n <= have {
		return z.values
	}
	// In pieces of a megabyte, so that reading one digit after the other does not cost a lock each.
	end := min(len(z.values), max(n, have+1<<20))
	if _, err := io.ReadFull(z.stream, z.values[have:end]); err != nil {
		broken(z.name, err)
	}
	z.have.Store(int64(end))
	return z.values
}

// openDigits opens a half of MNIST (LeCun, Cortes, Burges 1998).
func openDigits(name string, packedImages, packedLabels *packedFile, o dataset.Options) (dataset.Set, error) {
	images, labels := packedImages.open(), packedLabels.open()
	count, h, w := images.dims[0], images.dims[1], images.dims[2]
	size, channels, note := prepare.Change(prepare.Input{W: w, H: h, Channels: 1}, o)
	if err := dataset.StandardLimits.CheckMemory(name, count, size, channels); err != nil {
		return nil, err
	}
	info := dataset.Info{
		Name: name, Kind: dataset.Pictures, Count: count, Shape: []int{size, size, channels},
		Fingerprint: packedImages.known,
		Notes:       []string{wording.Thousands(count) + " grey pictures of 28×28: handwritten digits of MNIST, centred on black"},
	}
	if note != "" {
		info.Notes = append(info.Notes, note)
	}
	if o.Mirror {
		info.Notes = append(info.Notes, dataset.MirrorNote)
	}
	var set *dataset.PictureSet
	if size == w && size == h && channels == 1 {
		set = dataset.NewPictureSet(info, images.values, nil)
		set.Ensure = func(i int) { images.upTo((i + 1) * w * h) }
	} else {
		set = dataset.NewPictureSet(info, make([]uint8, count*size*size*channels), nil)
		preparers := sync.Pool{New: func() any { return prepare.NewPreparer(size, channels, o) }}
		set.Ensure = dataset.NewOnDemand(count, func(i int) {
			p := preparers.Get().(*prepare.Preparer)
			p.Do(set.Data[i*set.Item:(i+1)*set.Item], greyAt(images.upTo((i+1)*w*h), i, w, h))
			preparers.Put(p)
		}).Ensure
	}
	if o.Labels != "none" {
		for k := range 10 {
			set.About.Labels = append(set.About.Labels, strconv.Itoa(k))
		}
		set.Labels = make([]int32, count)
		for i, l := range labels.upTo(count) {
			set.Labels[i] = int32(l)
		}
	}
	return set, nil
}

// greyAt is picture i of those that lie one after the other in values.
func greyAt(values []byte, i, w, h int) *image.Gray {
	return &image.Gray{Pix: values[i*w*h : (i+1)*w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
}
