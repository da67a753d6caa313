package source

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"runtime"
	"strings"
	"testing"

	"ganvas/datasets/data"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// TestDigitsPixels holds that the embedded files unpack to those of MNIST's makers, however they are
// packed, and that projects know them as they always did.
func TestDigitsPixels(t *testing.T) {
	for _, c := range []struct {
		packed          *packedFile
		pixels, knownAs string
	}{
		{trainImages, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", "0b367032"},
		{testImages, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", "1a1a05ea"},
	} {
		r, err := gzip.NewReader(strings.NewReader(c.packed.file))
		datatest.Must(t, err)
		sum := sha256.New()
		_, err = io.Copy(sum, r)
		datatest.Must(t, err)
		if got := hex.EncodeToString(sum.Sum(nil)); got != c.pixels {
			t.Errorf("%s unpack to %s, want %s", c.packed.name, got, c.pixels)
		}
		set, err := openDigits("digits", c.packed, testLabels, dataset.Options{Labels: "none"})
		datatest.Must(t, err)
		if got := set.Info().Fingerprint; got[:8] != c.knownAs {
			t.Errorf("projects know %s as %s, want %s", c.packed.name, got, c.knownAs)
		}
	}
}

// What was unpacked of an embedded file goes with the last set that uses it.
func TestDigitsAreLetGo(t *testing.T) {
	packed := &packedFile{name: "images", file: data.TestImages}
	open := func() {
		set, err := openDigits("digits", packed, testLabels, dataset.Options{})
		datatest.Must(t, err)
		set.Read(9_999, make([]float32, 784))
		if packed.used.Value() == nil {
			t.Error("the file is not unpacked while a set uses it")
		}
		runtime.KeepAlive(set)
	}
	for range 2 {
		open()
		runtime.GC()
		if packed.used.Value() != nil {
			t.Error("the file stays unpacked after the last set that used it")
		}
	}
}
