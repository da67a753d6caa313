package cache

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/work"
)

// A kept set is one file: the items; the labels, as int32; where each item came from, and the names
// of the files; Info in JSON; a checksum of every block of a mebibyte before it; and this. All
// numbers are little-endian.
type trailer struct {
	Items, Labels, Origins, Names, Info, Sums uint64 // bytes
	Version                                   uint64
	Magic                                     [16]byte
	Sum                                       uint32 // of the checksums and of what stands before it
}

// keptInfo is what a kept set knows of itself.
type keptInfo struct {
	dataset.Info
	Bare []string // notes, where nobody wants its labels
}

var keptMagic = [16]byte([]byte("ganvas set\r\n\x1a\n\x00\x00"))

// Not a cryptographic one: it guards against disks and programs that were interrupted, and a
// gigabyte is summed in a tenth of a second.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sumBlock = 1 << 20

var errDamaged = errors.New("cut or damaged")

// writeKept completes a file that holds the items of a set. There is no need to force it to the
// disk: what a crash leaves of it, its checksums tell.
func writeKept(f *os.File, info keptInfo, labels []int32, origins *dataset.Origins) error {
	head, err := json.Marshal(info)
	if err != nil {
		return err
	}
	items := int64(info.Count) * int64(info.Shape[0]*info.Shape[1]*info.Shape[2])
	t := trailer{
		Items: uint64(items), Labels: 4 * uint64(len(labels)), Origins: uint64(binary.Size(origins.Items)), Names: uint64(len(origins.Names)),
		Info: uint64(len(head)), Version: cacheVersion, Magic: keptMagic,
	}
	if err := f.Truncate(items); err != nil {
		return err
	}
	w := bufio.NewWriterSize(io.NewOffsetWriter(f, items), 1<<20)
	_ = binary.Write(w, binary.LittleEndian, labels) // w keeps its first error
	_ = binary.Write(w, binary.LittleEndian, origins.Items)
	_, _ = w.Write(origins.Names)
	_, _ = w.Write(head)
	if err := w.Flush(); err != nil {
		return err
	}
	size := items + int64(t.Labels+t.Origins+t.Names+t.Info)
	sums, err := sumBlocks(context.Background(), f, size, func(int, int) {})
	if err != nil {
		return err
	}
	t.Sums = uint64(len(sums))
	t.Sum = t.sum(sums)
	end, err := binary.Append(sums, binary.LittleEndian, t)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(end, size)
	return err
}

// sum returns what t.Sum must be.
func (t trailer) sum(sums []byte) uint32 {
	t.Sum = 0
	all, err := binary.Append(slices.Clip(sums), binary.LittleEndian, t)
	if err != nil {
		panic(err)
	}
	return crc32.Checksum(all, castagnoli)
}

// sumBlocks returns the checksums of the blocks of the first size bytes.
func sumBlocks(ctx context.Context, r io.ReaderAt, size int64, progress func(done, total int)) ([]byte, error) {
	n := int((size + sumBlock - 1) / sumBlock)
	sums := make([]byte, 4*n)
	errs := make([]error, work.Workers())
	blocks := make([][]byte, work.Workers())
	done := 0
	err := work.Parallel(ctx, n, func() { done++; progress(done, n) }, func(w, i int) {
		if blocks[w] == nil {
			blocks[w] = make([]byte, sumBlock)
		}
		b := blocks[w][:min(sumBlock, size-int64(i)*sumBlock)]
		if k, err := r.ReadAt(b, int64(i)*sumBlock); k < len(b) {
			errs[w] = err
			return
		}
		binary.LittleEndian.PutUint32(sums[4*i:], crc32.Checksum(b, castagnoli))
	})
	return sums, errors.Join(append(errs, err)...)
}

// openKept opens a kept set and checks all of it, which also brings it into the system's memory.
// Its error is fs.ErrNotExist where there is none.
func openKept(ctx context.Context, path string, progress func(done, total int)) (*dataset.PictureSet, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return nil, err
	}
	t, sums, err := readTrailer(f, stat.Size())
	if err != nil {
		return nil, err
	}
	size := int64(t.Items + t.Labels + t.Origins + t.Names + t.Info)
	rest := make([]byte, size-int64(t.Items))
	if _, err := f.ReadAt(rest, int64(t.Items)); err != nil {
		return nil, err
	}
	var info keptInfo
	if err := json.Unmarshal(rest[t.Labels+t.Origins+t.Names:], &info); err != nil {
		return nil, errDamaged
	}
	found, err := sumBlocks(ctx, f, size, func(done, total int) { progress(int(int64(info.Count)*int64(done)/int64(total)), info.Count) })
	if err != nil {
		return nil, err
	}
	if !slices.Equal(found, sums) {
		return nil, errDamaged
	}
	if !info.fits(t) {
		return nil, errDamaged
	}
	labels := make([]int32, t.Labels/4)
	origins := &dataset.Origins{Items: make([]dataset.OriginItem, t.Origins/uint64(binary.Size(dataset.OriginItem{})))}
	_, _ = binary.Decode(rest, binary.LittleEndian, labels) // long enough
	_, _ = binary.Decode(rest[t.Labels:], binary.LittleEndian, origins.Items)
	if slices.ContainsFunc(labels, func(l int32) bool { return l < -1 || int(l) >= len(info.Labels) }) ||
		slices.ContainsFunc(origins.Items, func(o dataset.OriginItem) bool { return o.From > o.To || uint64(o.To) > t.Names }) {
		return nil, errDamaged
	}
	origins.Names = slices.Clone(rest[t.Labels+t.Origins : t.Labels+t.Origins+t.Names])
	if len(labels) == 0 {
		labels = nil
	}
	if len(origins.Items) == 0 {
		origins = nil
	}
	return mapKept(f, info, labels, origins)
}

// fits says whether the sizes of the parts of a file are those of such a set.
func (info keptInfo) fits(t trailer) bool {
	if info.Kind != dataset.Pictures || len(info.Shape) != 3 || info.Count < dataset.MinItems {
		return false
	}
	h, w, c := info.Shape[0], info.Shape[1], info.Shape[2]
	if h < 1 || w < 1 || h > dataset.MaxSide || w > dataset.MaxSide || c < 1 || c > 4 {
		return false
	}
	n := uint64(info.Count)
	return t.Items == n*uint64(h*w*c) && (t.Labels == 0 || t.Labels == 4*n) &&
		(t.Origins == 0 || t.Origins == n*uint64(binary.Size(dataset.OriginItem{})))
}

// readTrailer reads the end of a file of size bytes, which must be whole.
func readTrailer(f io.ReaderAt, size int64) (t trailer, sums []byte, err error) {
	length := int64(binary.Size(t))
	end := make([]byte, length)
	if size < length {
		return t, nil, errDamaged
	}
	if _, err := f.ReadAt(end, size-length); err != nil {
		return t, nil, err
	}
	if _, err := binary.Decode(end, binary.LittleEndian, &t); err != nil {
		return t, nil, err
	}
	rest := uint64(size - length)
	for _, part := range []uint64{t.Items, t.Labels, t.Origins, t.Names, t.Info, t.Sums} {
		if part > rest {
			return t, nil, errDamaged
		}
		rest -= part
	}
	if rest != 0 || t.Magic != keptMagic || t.Version != cacheVersion {
		return t, nil, errDamaged
	}
	sums = make([]byte, t.Sums)
	if _, err := f.ReadAt(sums, size-length-int64(t.Sums)); err != nil {
		return t, nil, err
	}
	if t.sum(sums) != t.Sum {
		return t, nil, errDamaged
	}
	return t, sums, nil
}
