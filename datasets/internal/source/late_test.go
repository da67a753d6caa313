package source

import (
	"testing"

	"ganvas/datasets/internal/dataset"
)

func TestLateBytes(t *testing.T) {
	for name, want := range map[string]int{"digits": digitCount, "digits-test": digitTestCount, "emoji": emojiCount} {
		set, err := Open(t.Context(), []string{name}, dataset.Options{Size: 4, Channels: 1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if set.Len() != want {
			t.Errorf("%s has %d items, and %d are reckoned with", name, set.Len(), want)
		}
	}
	for _, test := range []struct {
		name           string
		size, channels int
		want           float64
	}{{"digits", 28, 1, 70_000 * 784}, {"digits", 32, 3, 70_000 * (784 + 3072)}, {"emoji", 64, 3, 3_786 * 12288}, {"ring", 28, 1, 0}, {"digits.zip", 28, 1, 0}} {
		if got := LateBytes(test.name, test.size, test.channels); got != test.want {
			t.Errorf("%s at %d×%d×%d: %v bytes, want %v", test.name, test.size, test.size, test.channels, got, test.want)
		}
	}
}
