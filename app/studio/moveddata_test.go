package studio

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ganvas/app/internal/apptest"
)

// wantsData returns the only question that was asked, which is about the data of a project.
func (r *rig) wantsData() WantsData {
	r.t.Helper()
	r.until("it is asked about the data", func() bool { return len(r.asked) > 0 })
	q, ok := r.asked[0].(WantsData)
	if !ok || len(r.asked) != 1 {
		r.t.Fatalf("asks %#v, want one question about the data", r.asked)
	}
	r.asked = nil
	return q
}

// A project whose folder was moved asks for it; one whose folder has changed says what has, and
// goes on if told to.
func TestMovedAndChangedData(t *testing.T) {
	r := newRig(t, nil)
	dir := filepath.Join(t.TempDir(), "garden")
	for i := range 6 {
		apptest.WritePicture(t, filepath.Join(dir, fmt.Sprint(i, ".png")), 9+i)
	}
	path := apptest.Project(t, fmt.Sprintf(apptest.Folder, dir))
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	r.memory.SetLast(path)
	r.Projects.Open(Opening{Path: path})
	if q := r.wantsData(); q.Opening.Path != path || q.Data.Project != path || q.Data.Data != dir || q.Data.Err == nil || q.Data.Changes != "" {
		t.Errorf("asks %+v: %+v, want where the data of %s are, which were in %s", q.Opening, q.Data, path, dir)
	}
	if r.Run != nil || r.memory.Last() != path {
		t.Errorf("opened: %v; the next start opens %q, want the project", r.Run != nil, r.memory.Last())
	}
	r.Projects.Open(Opening{Path: path, Data: moved})
	r.until("the project is open", func() bool { return r.Run != nil && r.Status.Step == 3 })
	if got := r.Plan.Now().Data; got != moved {
		t.Errorf("the data lie in %s, want %s", got, moved)
	}
	r.Projects.New(nil)
	r.until("it is closed", func() bool { return r.Run == nil && r.Data.Set != nil })

	apptest.WritePicture(t, filepath.Join(moved, "new.png"), 20)
	r.Projects.Open(Opening{Path: path})
	q := r.wantsData()
	if got, want := q.Data.Changes, "7 items instead of 6; 1 file is new (new.png)"; q.Data.Err != nil || got != want {
		t.Errorf("says %q, %v; want %q", got, q.Data.Err, want)
	}
	o := q.Opening
	o.Data, o.Changed = q.Data.Data, true
	r.Projects.Open(o)
	r.until("the project is open again", func() bool { return r.Run != nil && r.Status.Step == 3 })
	if got := r.Run.Data.Len(); got != 7 {
		t.Errorf("goes on with %d pictures, want 7", got)
	}
}
