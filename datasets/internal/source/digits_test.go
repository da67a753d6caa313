package source

import (
	"runtime"
	"testing"

	"ganvas/datasets/data"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// What was unpacked of an embedded file goes with the last set that uses it.
func TestDigitsAreLetGo(t *testing.T) {
	packed := newPackedFile("images", data.TestImages)
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
