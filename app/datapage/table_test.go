package datapage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTableIsShown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "people.csv")
	var text strings.Builder
	text.WriteString("id,name,country\n")
	for i := range 30 {
		fmt.Fprintf(&text, "%d,n%d,Iceland\n", i, i%7)
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newRig(t)
	r.S.Data.Choose(file)
	r.Until("the table is read", func() bool { return r.S.Plan.Now().Data == file && r.S.Data.Set != nil })
	if !r.table.box.Visible() || r.picturesView.box.Visible() || !strings.HasPrefix(r.S.Reason, "A table can be looked at") {
		t.Errorf("the table shows: %v; %q", r.table.box.Visible(), r.S.Reason)
	}
	r.Until("its columns are examined", func() bool { return len(r.found()) > 0 })
	if all := strings.Join(r.found(), "\n"); !strings.Contains(all, "one value throughout: country") || !strings.Contains(all, "another value in each row: id") {
		t.Errorf("found %q", all)
	}
}
