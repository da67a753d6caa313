package memory

import (
	"strings"
	"testing"
)

func TestSizes(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int64
	}{
		{"0", 0},
		{"17", 17},
		{"500MB", 5e8},
		{"1.5 gb", 15e8},
		{"2kB", 2000},
		{"3 TB", 3e12},
		{"12B", 12},
		{"2GiB", 2 << 30},
		{"512 MiB", 512 << 20},
		{"1kib", 1024},
		{" 1.5GiB ", 3 << 29},
	} {
		if got, err := ParseSize(tt.text); err != nil || got != tt.want {
			t.Errorf("%q is %d (%v), want %d", tt.text, got, err, tt.want)
		}
	}
	for _, text := range []string{"", "x", "-1", "1ZB", "GB", "NaN", "1e300TB", "2GiBB", "1 2MB", "MiB"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q is %d, want an error", text, got)
		}
	}
	for bytes, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_960: "1.0 MB", 21_474_836_480: "21.5 GB"} {
		if got := Text(bytes); got != want {
			t.Errorf("%d bytes are %q, want %q", bytes, got, want)
		}
	}
	if got, want := Text(3e30), "3e+12 EB"; got != want {
		t.Errorf("3e30 bytes are %q, want %q", got, want)
	}
}

func TestLimit(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int64 // −1: an error
	}{{"", 0}, {"512MB", 512e6}, {"2GiB", 2 << 30}, {"0", -1}, {"-5", -1}, {"lots", -1}, {"2 GX", -1}} {
		t.Setenv(Variable, tt.text)
		got, err := Limit()
		if tt.want >= 0 && (err != nil || got != tt.want) {
			t.Errorf("%q limits to %d (%v), want %d", tt.text, got, err, tt.want)
		}
		if tt.want < 0 && (err == nil || !strings.HasPrefix(err.Error(), Variable+"="+tt.text+": ")) {
			t.Errorf("%q: %v, want an error that names the variable", tt.text, err)
		}
		if _, freeErr := Free(); (freeErr == nil) != (tt.want >= 0) {
			t.Errorf("%q: Free fails with %v", tt.text, freeErr)
		}
	}
}

// TestFree holds that a limit that is used up leaves nothing but what the heap has to spare.
func TestFree(t *testing.T) {
	t.Setenv(Variable, "1kB")
	free, err := Free()
	if err != nil || free > 64<<20 {
		t.Errorf("%d bytes are free (%v) where the limit is 1 kB", free, err)
	}
}

func TestCheck(t *testing.T) {
	if err := Check("train x", 100, 100, ""); err != nil {
		t.Errorf("what fits exactly: %v", err)
	}
	err := Check("train x", 5.2e9, 31e8, "with batch = 16 it takes 1.4 GB")
	want := "train x: needs about 5.2 GB of memory; 3.1 GB are free: with batch = 16 it takes 1.4 GB"
	if err == nil || err.Error() != want {
		t.Errorf("the error is %q, want %q", err, want)
	}
}
