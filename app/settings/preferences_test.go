package settings

import (
	"fmt"
	"path/filepath"
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
