package array

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
	"ganvas/engine/wholefile"
)

// IDX is the format of the MNIST files (LeCun, Cortes, Burges, "The MNIST database of handwritten
// digits", 1998): two zero bytes, the type of the values, the number of dimensions, each dimension
// as a big-endian 32-bit number, the values.
const idxBytes = 0x08 // the type that pictures and labels have: unsigned bytes

var errCut = errors.New("truncated: it ends before the values that its header promises")

// IDXBeginning says whether a file beginning with head is an IDX file of some type.
func IDXBeginning(head []byte) bool {
	return len(head) >= 4 && head[0] == 0 && head[1] == 0 && head[2] >= 0x08 && head[2] <= 0x0E && head[3] >= 1 && head[3] <= 4
}

// readIDX reads an IDX file of unsigned bytes, gzipped or not, of at most limit bytes.
func readIDX(r io.Reader, limit int64) (dims []int, values []byte, err error) {
	plain, err := files.Unzipped(r)
	if err != nil {
		return nil, nil, fmt.Errorf("what it holds cannot be unpacked (%w)", err)
	}
	defer plain.Close()
	r = plain
	dims, total, err := ReadIDXHeader(r, limit)
	if err != nil {
		return nil, nil, err
	}
	// A header may promise anything: room is made only as the bytes come.
	var buf bytes.Buffer
	if n, err := io.CopyN(&buf, r, total); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, nil, fmt.Errorf("%w: %s of %s bytes", errCut, wording.Thousands(int(n)), wording.Thousands(int(total)))
		}
		return nil, nil, err
	}
	return dims, buf.Bytes(), nil
}

// ReadIDXHeader reads how many values an IDX file of unsigned bytes has, in each dimension and in
// all, which are at most limit.
func ReadIDXHeader(r io.Reader, limit int64) (dims []int, total int64, err error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil || !IDXBeginning(head[:]) {
		return nil, 0, errors.New("not an IDX file: it does not begin with two zero bytes, a type and a number of dimensions")
	}
	if head[2] != idxBytes {
		return nil, 0, fmt.Errorf("values of type 0x%02x: only unsigned bytes (0x08) can be read", head[2])
	}
	total = 1
	for range int(head[3]) {
		var b [4]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, 0, errCut
		}
		d := int64(binary.BigEndian.Uint32(b[:]))
		dims = append(dims, int(d))
		if d == 0 {
			return nil, 0, errors.New("it holds nothing: a dimension is 0")
		}
		if total *= d; total > limit {
			return nil, 0, fmt.Errorf("its header promises more than %.1f GB", float64(limit)/(1<<30))
		}
	}
	return dims, total, nil
}

// readIDXFile is readIDX for a file, its errors naming it.
func readIDXFile(file string, limit int64) (dims []int, values []byte, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", file, wholefile.Cause(err))
	}
	defer f.Close()
	dims, values, err = readIDX(f, limit)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w: download or copy it again", file, err)
	}
	return dims, values, nil
}

// OpenIDXPair opens an images and a labels file that were named together, in whichever order.
func OpenIDXPair(ctx context.Context, a, b string, o Request) (dataset.Set, error) {
	labels := slices.IndexFunc([]string{a, b}, idxLabels)
	switch labels {
	case 0:
		return OpenIDX(ctx, b, a, o)
	case 1:
		return OpenIDX(ctx, a, b, o)
	}
	return nil, fmt.Errorf("read %s and %s: two IDX images files are two sets: open one of them", a, b)
}

// idxLabels says whether a file is an IDX file of one dimension.
func idxLabels(file string) bool {
	head, _, err := files.Beginning(file)
	return err == nil && IDXBeginning(head) && head[3] == 1
}

// OpenIDX opens an IDX images file; labelsFile may be "" to look for it beside.
func OpenIDX(ctx context.Context, file, labelsFile string, o Request) (dataset.Set, error) {
	dims, values, err := readIDXFile(file, o.Limits.Memory)
	if err != nil {
		return nil, err
	}
	colour := len(dims) == 4 && (dims[3] == 1 || dims[3] == 3 || dims[3] == 4)
	switch {
	case len(dims) == 1:
		return nil, fmt.Errorf("read %s: these are labels: open the images file beside it", file)
	case len(dims) != 3 && !colour:
		return nil, fmt.Errorf("read %s: %d dimensions, pictures have three (count, height, width) or a fourth of 1, 3 or 4 channels: choose an IDX file of pictures", file, len(dims))
	case dims[0] < dataset.MinItems:
		return nil, fmt.Errorf("read %s: a single picture is too few: at least %d are needed: choose another file", file, dataset.MinItems)
	case dims[1] < dataset.MinSide || dims[2] < dataset.MinSide:
		return nil, fmt.Errorf("read %s: pictures of %d×%d: too small for a network, at least %d a side are needed: choose another file", file, dims[2], dims[1], dataset.MinSide)
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%d\x00%d\x00%d\x00", dims[0], dims[1], dims[2])
	sum.Write(values)

	g := &Grid{N: dims[0], H: dims[1], W: dims[2], C: 1, Values: values}
	note := fmt.Sprintf("%s grey pictures of %d×%d from an IDX file", wording.Thousands(g.N), g.W, g.H)
	if colour {
		g.C = dims[3]
		note = fmt.Sprintf("%s pictures of %d×%d with %d channels from an IDX file", wording.Thousands(g.N), g.W, g.H, g.C)
	}
	if bright := whiteOf(values); bright.note != "" {
		bright.apply(values)
		note += ", " + bright.note
	}
	labels, names, labelsFile, err := idxLabelsOf(file, labelsFile, dims[0], o.Limits)
	if err != nil {
		return nil, err
	}
	if labels != nil {
		sum.Write(labels)
		note += ", labels from " + filepath.Base(labelsFile)
	} else {
		note += ", without labels: no labels file lies beside it"
	}
	info := dataset.Info{Name: filepath.Base(file), Kind: dataset.Pictures, Count: dims[0], Fingerprint: hex.EncodeToString(sum.Sum(nil)), Notes: []string{note}}
	set, err := prepareGrid(ctx, info, g, o)
	if err != nil {
		return nil, err
	}
	if labels != nil && o.Labels != "none" {
		var index [256]int32
		for k, name := range names {
			l, _ := strconv.Atoi(name) // idxLabelsOf wrote it
			index[l] = int32(k)
		}
		set.About.Labels = names
		set.Labels = make([]int32, len(labels))
		for i, l := range labels {
			set.Labels[i] = index[l]
		}
	}
	return set, nil
}

// idxLabelsOf reads the labels of count pictures, or none where there is no file for them.
func idxLabelsOf(file, labelsFile string, count int, lim dataset.Limits) (labels []byte, names []string, from string, err error) {
	if labelsFile == "" {
		labelsFile = besideIDX(file)
	}
	if labelsFile == "" {
		return nil, nil, "", nil
	}
	dims, labels, err := readIDXFile(labelsFile, lim.Memory)
	if err != nil {
		return nil, nil, "", err
	}
	if len(dims) != 1 || dims[0] != count {
		return nil, nil, "", fmt.Errorf("read %s: labels of shape %v for %s pictures in %s: put the labels file that belongs to it beside it, or none", labelsFile, dims, wording.Thousands(count), file)
	}
	var seen [256]bool
	for _, l := range labels {
		seen[l] = true
	}
	for l, ok := range seen {
		if ok {
			names = append(names, strconv.Itoa(l))
		}
	}
	return labels, names, labelsFile, nil
}

// besideIDX returns the labels file that belongs to an images file by its name, or "".
func besideIDX(file string) string {
	dir, base := filepath.Split(file)
	name := strings.NewReplacer("images", "labels", "idx3", "idx1").Replace(base)
	if name == base {
		return ""
	}
	for _, n := range []string{name, name + ".gz", strings.TrimSuffix(name, ".gz")} {
		if info, err := os.Stat(dir + n); err == nil && info.Mode().IsRegular() {
			return dir + n
		}
	}
	return ""
}
