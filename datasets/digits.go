package datasets

import (
	"crypto/sha256"
	_ "embed" // for the digits
	"encoding/hex"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

var (
	//go:embed data/train-images-idx3-ubyte.gz
	trainImagesFile string
	//go:embed data/train-labels-idx1-ubyte.gz
	trainLabelsFile string
	//go:embed data/t10k-images-idx3-ubyte.gz
	testImagesFile string
	//go:embed data/t10k-labels-idx1-ubyte.gz
	testLabelsFile string

	trainImages, trainLabels = &inflating{name: "train images", file: trainImagesFile}, &inflating{name: "train labels", file: trainLabelsFile}
	testImages, testLabels   = &inflating{name: "t10k images", file: testImagesFile}, &inflating{name: "t10k labels", file: testLabelsFile}
)

// inflating is an embedded, gzipped IDX file. It is unpacked once in a process, and only as far as
// somebody has read: the first digit is there at once, and nobody waits for the last of 47 million
// bytes to see it.
type inflating struct {
	name, file string

	start  sync.Once
	dims   []int
	values []byte
	sum    string
	have   atomic.Int64 // bytes of values that are there

	mu     sync.Mutex
	stream io.Reader
}

// open reads the header.
func (z *inflating) open() {
	z.start.Do(func() {
		sum := sha256.Sum256([]byte(z.file))
		z.sum = hex.EncodeToString(sum[:])
		r, err := unzipped(strings.NewReader(z.file))
		if err != nil {
			broken(z.name, err)
		}
		dims, total, err := readIDXHeader(r, standardLimits.memory)
		if err != nil {
			broken(z.name, err)
		}
		z.dims, z.stream, z.values = dims, r, make([]byte, total)
	})
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
func openDigits(name string, images, labels *inflating, o Options) (Set, error) {
	images.open()
	labels.open()
	count, h, w := images.dims[0], images.dims[1], images.dims[2]
	size, channels, note := greyShape(w, h, o)
	if err := standardLimits.checkMemory(name, count, size, channels); err != nil {
		return nil, err
	}
	info := Info{
		Name: name, Kind: Pictures, Count: count, Shape: []int{size, size, channels},
		Fingerprint: images.sum,
		Notes:       []string{thousands(count) + " grey pictures of 28×28: handwritten digits of MNIST, centred on black"},
	}
	if note != "" {
		info.Notes = append(info.Notes, note)
	}
	if o.Mirror {
		info.Notes = append(info.Notes, mirrorNote)
	}
	var set *pictures
	if size == w && size == h && channels == 1 {
		set = newPictures(info, images.values, nil)
		set.ensure = func(i int) { images.upTo((i + 1) * w * h) }
	} else {
		set = newPictures(info, make([]uint8, count*size*size*channels), nil)
		preparers := sync.Pool{New: func() any { return newPreparer(size, channels, o) }}
		set.ensure = newOnDemand(count, func(i int) {
			p := preparers.Get().(*preparer)
			p.do(set.data[i*set.item:(i+1)*set.item], greyAt(images.upTo((i+1)*w*h), i, w, h))
			preparers.Put(p)
		}).ensure
	}
	if o.Labels != "none" {
		for k := range 10 {
			set.info.Labels = append(set.info.Labels, strconv.Itoa(k))
		}
		set.labels = make([]int32, count)
		for i, l := range labels.upTo(count) {
			set.labels[i] = int32(l)
		}
	}
	return set, nil
}
