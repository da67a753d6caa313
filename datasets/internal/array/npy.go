package array

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/sbinet/npyio/npy"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/table"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
	"ganvas/engine/wholefile"
)

// npyArray is an array as NumPy saved it.
type npyArray struct {
	array
	name  string // of the file or of the entry
	order binary.ByteOrder
	kind  byte // of dtype: u i f b, or U S for text
	size  int  // bytes of a value
	raw   []byte
}

// readNPY reads an array that NumPy saved, of at most limit bytes. Room is made only as the bytes
// come.
func readNPY(r io.Reader, limit int64) (*npyArray, error) {
	br := bufio.NewReader(r)
	head, _ := br.Peek(12)
	if !bytes.HasPrefix(head, []byte("\x93NUMPY")) || len(head) < 12 {
		return nil, errors.New("not an NPY file: save it with numpy.save")
	}
	if head[6] > 1 && binary.LittleEndian.Uint32(head[8:]) > 1<<20 {
		return nil, errors.New("damaged: a header of more than 1 MB")
	}
	header, err := work.Guarded(func() (npy.Header, error) {
		r, err := npy.NewReader(br)
		if err != nil {
			return npy.Header{}, err
		}
		return r.Header, nil
	})
	if err != nil {
		return nil, fmt.Errorf("damaged or unusual header: %w: save it with numpy.save", err)
	}
	a := &npyArray{array: array{shape: header.Descr.Shape}}
	order, err := a.setType(header.Descr.Type)
	if err != nil {
		return nil, err
	}
	total, err := a.setStrides(header.Descr.Fortran, limit)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if n, err := io.CopyN(&buf, br, total); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, fmt.Errorf("%w: %s of %s bytes", errCut, wording.Thousands(int(n)), wording.Thousands(int(total)))
		}
		return nil, err
	}
	a.raw = buf.Bytes()
	a.order = order
	a.at = a.reader(order)
	return a, nil
}

// setType understands a dtype such as "<f4".
func (a *npyArray) setType(dtype string) (binary.ByteOrder, error) {
	refused := fmt.Errorf("values of type %q: save numbers, as with x.astype('float32')", wording.Shortened(dtype))
	if len(dtype) < 3 || !strings.ContainsRune("<>|=", rune(dtype[0])) {
		return nil, refused
	}
	size, err := strconv.Atoi(dtype[2:])
	a.kind, a.size = dtype[1], size
	switch dtype[1:] {
	case "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "b1":
		a.exact, a.whole = dtype[1:] == "u1", dtype[1] != 'f'
	default:
		if a.kind == 'U' {
			a.size *= 4 // UTF-32
		}
		if err != nil || a.kind != 'U' && a.kind != 'S' || size < 1 || a.size > 4096 {
			return nil, refused
		}
	}
	if dtype[0] == '>' {
		return binary.BigEndian, nil
	}
	return binary.LittleEndian, nil
}

// setStrides returns how many bytes the values take.
func (a *npyArray) setStrides(fortran bool, limit int64) (int64, error) {
	if len(a.shape) == 0 || len(a.shape) > 8 {
		return 0, fmt.Errorf("%d dimensions: pictures have 3 or 4, points 2: save it as one of these", len(a.shape))
	}
	total := int64(a.size)
	for _, d := range a.shape {
		if d <= 0 {
			return 0, errors.New("it holds nothing: a dimension is 0")
		}
		if total > limit/int64(d) {
			return 0, fmt.Errorf("its header promises more than %.1f GB: save fewer or smaller pictures", float64(limit)/(1<<30))
		}
		total *= int64(d)
	}
	a.values = int(total) / a.size
	a.strides = make([]int, len(a.shape))
	step := 1
	for i := range a.shape {
		k := len(a.shape) - 1 - i
		if fortran {
			k = i
		}
		a.strides[k] = step
		step *= a.shape[k]
	}
	return total, nil
}

// reader returns what reads value i as a number.
func (a *npyArray) reader(o binary.ByteOrder) func(i int) float64 {
	raw := a.raw
	switch fmt.Sprintf("%c%d", a.kind, a.size) {
	case "u1":
		return func(i int) float64 { return float64(raw[i]) }
	case "i1":
		return func(i int) float64 { return float64(int8(raw[i])) }
	case "b1":
		return func(i int) float64 { return float64(min(1, raw[i])) }
	case "u2":
		return func(i int) float64 { return float64(o.Uint16(raw[2*i:])) }
	case "i2":
		return func(i int) float64 { return float64(int16(o.Uint16(raw[2*i:]))) }
	case "f2":
		return func(i int) float64 { return table.Half(o.Uint16(raw[2*i:])) }
	case "u4":
		return func(i int) float64 { return float64(o.Uint32(raw[4*i:])) }
	case "i4":
		return func(i int) float64 { return float64(int32(o.Uint32(raw[4*i:]))) }
	case "f4":
		return func(i int) float64 { return float64(math.Float32frombits(o.Uint32(raw[4*i:]))) }
	case "u8":
		return func(i int) float64 { return float64(o.Uint64(raw[8*i:])) }
	case "i8":
		return func(i int) float64 { return float64(int64(o.Uint64(raw[8*i:]))) }
	case "f8":
		return func(i int) float64 { return math.Float64frombits(o.Uint64(raw[8*i:])) }
	}
	return func(int) float64 { return math.NaN() } // text is no number
}

// text is value i of an array of words.
func (a *npyArray) text(i int, o binary.ByteOrder) string {
	raw := a.raw[i*a.size : (i+1)*a.size]
	if a.kind == 'S' {
		return string(bytes.TrimRight(raw, "\x00"))
	}
	var out []rune
	for ; len(raw) >= 4; raw = raw[4:] {
		if c := rune(o.Uint32(raw)); c != 0 && !utf16.IsSurrogate(c) {
			out = append(out, c)
		}
	}
	return string(out)
}

// labels reads an array as one class an item: numbers, words, or columns of which the largest
// counts.
func (a *npyArray) labels(from string) (*dataset.Classes, error) {
	n, columns := a.shape[0], a.values/a.shape[0]
	if len(a.shape) > 2 {
		return nil, fmt.Errorf("%s has the shape %s: labels have N or N,classes: save them so", from, shapeText(a.shape))
	}
	words := make([]string, n)
	for i := range words {
		switch {
		case a.kind == 'U' || a.kind == 'S':
			words[i] = a.text(i*a.strides[0], a.order)
		case columns == 1:
			words[i] = strconv.FormatFloat(a.at(i*a.strides[0]), 'g', -1, 64)
		default:
			best := 0
			for k := range columns {
				if a.at(i*a.strides[0]+k*a.strides[1]) > a.at(i*a.strides[0]+best*a.strides[1]) {
					best = k
				}
			}
			words[i] = strconv.Itoa(best)
		}
	}
	y := dataset.ClassesOf(words, from)
	if len(y.Names) > 10_000 {
		return nil, fmt.Errorf("%s holds %s different values: labels are classes: save fewer", from, wording.Thousands(len(y.Names)))
	}
	return y, nil
}

// OpenNumPy opens an NPY or NPZ file, or an NPY of pictures and one of labels.
func OpenNumPy(ctx context.Context, files []string, o Request) (dataset.Set, error) {
	var pictures, labels *npyArray
	var file, labelsFile string
	for _, f := range files {
		a, y, err := readNumPy(f, o.Limits)
		switch {
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", f, err)
		case len(files) > 1 && len(a.shape) == 1 && labels == nil:
			labels, labelsFile = a, filepath.Base(f)
		case pictures != nil:
			return nil, fmt.Errorf("read %s and %s: two arrays of pictures are two sets: open one of them", file, f)
		default:
			pictures, file = a, f
			if y != nil {
				labels, labelsFile = y, y.name
			}
		}
	}
	switch {
	case pictures == nil || len(pictures.shape) == 1 && labels == nil:
		return nil, fmt.Errorf("read %s: one dimension: these are labels: open the array of pictures with it", files[0])
	case labels == nil:
		if labelsFile = besideNPY(file); labelsFile != "" {
			var err error
			if labels, _, err = readNumPy(labelsFile, o.Limits); err != nil {
				return nil, fmt.Errorf("read %s: %w", labelsFile, err)
			}
			labelsFile = filepath.Base(labelsFile)
		}
	}
	var y *dataset.Classes
	if labels != nil {
		var err error
		if y, err = labels.labels(labelsFile); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
	}
	return openArray(ctx, file, filepath.Base(file), named{&pictures.array, pictures.name}, y, o)
}

// besideNPY returns the array of labels that belongs to one of pictures by its name, or "".
func besideNPY(file string) string {
	dir, base := filepath.Split(file)
	for _, pair := range [][2]string{{"images", "labels"}, {"image", "label"}, {"x", "y"}, {"X", "y"}, {"data", "labels"}} {
		stem := strings.TrimSuffix(base, ".npy")
		if !strings.HasPrefix(stem, pair[0]) && !strings.HasSuffix(stem, pair[0]) {
			continue
		}
		name := dir + strings.Replace(stem, pair[0], pair[1], 1) + ".npy"
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && name != file {
			return name
		}
	}
	return ""
}

// readNumPy reads an array, and from an NPZ the labels with it, which may be nil.
func readNumPy(file string, lim dataset.Limits) (x, y *npyArray, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, wholefile.Cause(err)
	}
	defer f.Close()
	head, err := files.UpTo(f, 4)
	if err != nil {
		return nil, nil, wholefile.Cause(err)
	}
	if files.Packing(head) == "zip" {
		return readNPZ(f, lim)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil, wholefile.Cause(err)
	}
	r, err := files.Unzipped(f)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	x, err = readNPY(r, lim.Memory)
	if err != nil {
		return nil, nil, err
	}
	x.name = filepath.Base(file)
	return x, nil, nil
}

// The names that people give arrays in an NPZ, the likeliest first.
var (
	pictureKeys = []string{"x", "images", "image", "x_train", "train_images", "train_x", "data", "samples", "points", "arr_0"}
	labelKeys   = []string{"y", "labels", "label", "y_train", "train_labels", "train_y", "targets", "target", "classes", "arr_1"}
)

// readNPZ reads the array of pictures in an NPZ file, and that of labels.
func readNPZ(f *os.File, lim dataset.Limits) (x, y *npyArray, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	z, err := work.Guarded(func() (*zip.Reader, error) { return zip.NewReader(f, info.Size()) })
	if err != nil {
		return nil, nil, errors.New("the NPZ is truncated or damaged: save or copy it again")
	}
	find := func(keys []string) *zip.File {
		for _, key := range keys {
			for _, e := range z.File {
				if strings.EqualFold(strings.TrimSuffix(path.Base(e.Name), ".npy"), key) {
					return e
				}
			}
		}
		return nil
	}
	pick, labels := find(pictureKeys), find(labelKeys)
	if pick == nil { // the largest of the others
		for _, e := range z.File {
			if e != labels && (pick == nil || e.UncompressedSize64 > pick.UncompressedSize64) {
				pick = e
			}
		}
	}
	if pick == nil {
		return nil, nil, errors.New("no array in it: save one with numpy.savez(file, x=…, y=…)")
	}
	read := func(e *zip.File) (*npyArray, error) {
		r, err := e.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name, err)
		}
		defer r.Close()
		a, err := readNPY(r, lim.Memory)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name, err)
		}
		a.name = strings.TrimSuffix(e.Name, ".npy")
		return a, nil
	}
	if x, err = read(pick); err != nil {
		return nil, nil, err
	}
	if labels != nil && labels != pick {
		if y, err = read(labels); err != nil {
			return nil, nil, err
		}
	}
	if y != nil && (len(y.shape) > 2 || y.shape[0] != x.shape[0]) {
		return nil, nil, fmt.Errorf("%s has the shape %s beside %s of %s: labels have N or N,classes: save one for each picture", y.name, shapeText(y.shape), x.name, shapeText(x.shape))
	}
	return x, y, nil
}
