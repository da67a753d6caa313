package settings

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
)

func TestRecentsAreFew(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), FileName))
	if err != nil {
		t.Fatal(err)
	}
	p := Preferences{s}
	for i := range 2 * maxRecent {
		p.AddRecent(fmt.Sprint(i % 12))
	}
	got := p.Recent()
	if len(got) != maxRecent || got[0] != "7" || got[1] != "6" {
		t.Errorf("recents are %v", got)
	}
	p.Flush()
}

// Data of one's own are kept newest first, each once, six at most, until they are forgotten.
func TestRecentData(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	p := Preferences{s}
	for _, data := range []string{"a", "b", "c", "a", "a", "d", "e", "f", "g"} {
		p.AddRecentData(data, "")
	}
	p.AddRecentData("e", "cell=16")
	p.AddRecentData("g", "cell=16")
	p.AddRecentData("g", "cell=8\nstride=2")
	p.RemoveRecentData("e")
	p.Flush()
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := (Preferences{again}).RecentData(), []string{"g", "f", "d", "a", "c"}; !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
	if e, g := (Preferences{again}).Parts("e"), (Preferences{again}).Parts("g"); e != "" || g != "cell=8\nstride=2" {
		t.Errorf("of e, which was forgotten, it knows %q; of g %q", e, g)
	}
}
