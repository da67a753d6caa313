package app

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestLicences holds that each title of the list has its text, also where several share one.
func TestLicences(t *testing.T) {
	got := parseLicences("### Ganvas (BSD-3-Clause)\n\nfree\n\nto use\n\n### b 1 (MIT)\n### c 2 (MIT)\n\nas it is\n\n")
	want := []licence{{"Ganvas (BSD-3-Clause)", "free\n\nto use"}, {"b 1 (MIT)", "as it is"}, {"c 2 (MIT)", "as it is"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := parseLicences(""); len(got) > 0 {
		t.Errorf("an empty list has %q", got)
	}
	file, err := os.ReadFile("../packaging/licences.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := parseLicences(string(file))
	if titles := strings.Count(string(file), "### "); len(all) != titles {
		t.Errorf("%d of %d titles were read", len(all), titles)
	}
	for _, l := range all {
		if l.title == "" || len(l.text) < 40 {
			t.Errorf("%q has the text %q", l.title, l.text)
		}
	}
}
