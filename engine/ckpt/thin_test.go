package ckpt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// player is a state of two entries, the first of which is its core.
func player(step int64) *State {
	core, rest := small(step).Entries[0], small(-step).Entries[0]
	rest.Name = "moments"
	return &State{Entries: []Entry{core, rest}, Meta: map[string]string{"step": fmt.Sprint(step)}}
}

// core is what a checkpoint of player keeps.
func core(step int64) *State {
	s := player(step)
	s.Entries = s.Entries[:1]
	return s
}

// thinned is a project of which the steps 0 and 20 are thinned, of 0, 10 (manual), 20 and 30.
func thinned(t *testing.T) (*File, int64) {
	t.Helper()
	f := newFile(t)
	run := newRun(t, f)
	for step, kind := range []string{"manual", "manual", "pause", "auto"} {
		at := int64(10 * step)
		if err := f.Save(Save{Run: run, Step: at, Kind: kind, State: player(at), Core: 1, Full: -1}); err != nil {
			t.Fatal(err)
		}
	}
	return f, run
}

func TestThin(t *testing.T) {
	f, run := thinned(t)
	list, err := f.Checkpoints(run)
	if err != nil || len(list) != 4 {
		t.Fatalf("checkpoints %+v, error %v", list, err)
	}
	for _, c := range list {
		want := player(c.Step)
		sum := want.SHA256()
		if c.Step == 0 || c.Step == 20 {
			want = core(c.Step)
		}
		got, err := f.Load(run, c.Step)
		if err != nil || got.SHA256() != want.SHA256() {
			t.Errorf("step %d: another state, error %v", c.Step, err)
		}
		// The parts make up the very file that the core alone has.
		if c.Thinned != (len(want.Entries) == 1) || c.SHA256 != sum || c.Bytes != int64(len(encode(t, want))) {
			t.Errorf("%+v, want SHA-256 %s and %d bytes", c, sum, len(encode(t, want)))
		}
		if content := partsOf(t, f, run, c.Step); !slices.Equal(content, encode(t, want)) {
			t.Errorf("step %d: the parts joined are another file than its entries make", c.Step)
		}
	}
	if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
		t.Errorf("damage %v, error %v", damage, err)
	}
	_, err = f.LoadFull(run, 20)
	wantError(t, "train from a thinned one", err, ErrThinned, "load "+f.Path(), "step 20 of run 1", "go on from step 30")
	wantError(t, "rewind to a thinned one", f.Rewind(run, 20), ErrThinned, "step 20 of run 1")
	if s, err := f.LoadFull(run, 10); err != nil || s.SHA256() != player(10).SHA256() {
		t.Errorf("one that was saved by hand is not full: %v", err)
	}
	if s, err := f.LoadFull(run, -1); err != nil || s.SHA256() != player(30).SHA256() {
		t.Errorf("the newest is not full: %v", err)
	}

	// The same step once more is full again.
	if err := f.Save(Save{Run: run, Step: 20, Kind: "pause", State: player(20), Core: 1, Full: -1}); err != nil {
		t.Fatal(err)
	}
	if s, err := f.LoadFull(run, -1); err != nil || s.SHA256() != player(20).SHA256() {
		t.Errorf("step 20 again: another state, error %v", err)
	}
}

// partsOf returns the parts of a checkpoint joined in order.
func partsOf(t *testing.T, f *File, run, step int64) (content []byte) {
	t.Helper()
	err := f.read("read", func(d *db) error {
		c, err := d.findCheckpoint(run, step)
		if err != nil {
			return err
		}
		content, err = d.content(c.id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// As many of the latest stay full as have room, and the file does not grow by what goes.
func TestThinRoom(t *testing.T) {
	one := int64(len(encode(t, player(1))))
	for _, c := range []struct {
		full int64
		want string
	}{
		{0, "[]"}, {-1, "[10 20 30 40]"}, {2*one + 100, "[10 20]"}, {one - 1, "[10 20 30 40]"},
	} {
		f := newFile(t)
		run := newRun(t, f)
		for step := int64(10); step <= 50; step += 10 {
			if err := f.Save(Save{Run: run, Step: step, Kind: "pause", State: player(step), Core: 1, Full: c.full}); err != nil {
				t.Fatal(err)
			}
		}
		list, err := f.Checkpoints(run)
		got := []int64{}
		bytes := int64(0)
		for _, k := range list {
			if bytes += k.Bytes; k.Thinned {
				got = append(got, k.Step)
			}
		}
		if fmt.Sprint(got) != c.want || err != nil {
			t.Errorf("with room for %d bytes steps %v are thinned, want %s, error %v", c.full, got, c.want, err)
		}
		info, err := os.Stat(f.Path())
		if err != nil {
			t.Fatal(err)
		}
		const rest = 100 << 10 // indexes, other tables, parts that do not fill their last page
		if info.Size() > bytes+rest {
			t.Errorf("with room for %d bytes the file has %d for checkpoints of %d", c.full, info.Size(), bytes)
		}
	}
}

// What a project of an earlier version has stays full, and one that is not as it was written is
// left alone: the next save succeeds all the same.
func TestNotThinned(t *testing.T) {
	for name, change := range map[string]string{
		"an older version's":    "UPDATE checkpoint SET core = 0, core_sha256 = ''",
		"a damaged description": "UPDATE checkpoint SET images_seen = 5",
		"a lost header":         "DELETE FROM checkpoint_part WHERE part = 0",
		"a damaged header":      "UPDATE checkpoint_part SET data = zeroblob(length(data)) WHERE part = 0",
		"another header":        "UPDATE checkpoint_part SET data = CAST(x'1000000000000000' || '{}              ' AS BLOB) WHERE part = 0",
		"a lost core":           "DELETE FROM checkpoint_part WHERE part = 1",
		"impossible offsets":    `UPDATE checkpoint_part SET data = CAST(x'5000000000000000' || printf('%-80s', '{"w":{"dtype":"F32","shape":[1],"data_offsets":[]},"x":{}}') AS BLOB) WHERE part = 0`,
	} {
		f := newFile(t)
		run := newRun(t, f)
		save := func(step int64) error {
			return f.Save(Save{Run: run, Step: step, Kind: "pause", State: player(step), Core: 1, Full: -1})
		}
		err := save(1)
		if err == nil {
			err = f.update("damage", func(d *db) error {
				if err := d.exec(change); err != nil || name == "a damaged description" {
					return err
				}
				return d.sealCheckpoint(1)
			})
		}
		if err := errors.Join(err, save(2)); err != nil {
			t.Fatal(name, err)
		}
		list, err := f.Checkpoints(run)
		if err != nil || list[0].Thinned {
			t.Errorf("%s is thinned, error %v", name, err)
		}
		if s, err := f.LoadFull(run, 2); err != nil || s.SHA256() != player(2).SHA256() {
			t.Errorf("%s: the newest is not what was saved: %v", name, err)
		}
	}
}

// A project of the version before opens for reading as it is, and for training with the columns
// that it has not had; what it holds is whole in both.
func TestBeforeThinning(t *testing.T) {
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		path, run := rich(t)
		d, err := connect(path, openReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range []string{"core", "core_sha256", "thinned"} {
			err = errors.Join(err, d.script("ALTER TABLE checkpoint DROP COLUMN "+column))
		}
		err = errors.Join(err, d.script("DROP TABLE run_note"))
		if err := errors.Join(err, d.script("PRAGMA user_version = 3"), d.Close()); err != nil {
			t.Fatal(err)
		}
		f, err := opener(path)
		if err != nil {
			t.Fatal(err)
		}
		if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
			t.Errorf("damage %v, error %v", damage, err)
		}
		if s, err := f.LoadFull(run, -1); err != nil || s.SHA256() != small(20).SHA256() {
			t.Errorf("another state, error %v", err)
		}
		if list, err := f.Checkpoints(run); err != nil || len(list) != 2 || list[0].Thinned {
			t.Errorf("checkpoints %+v, error %v", list, err)
		}
		if !f.ReadOnly() {
			if err := f.Save(Save{Run: run, Step: 30, Kind: "auto", State: player(30), Core: 1, Full: -1}); err != nil {
				t.Error(err)
			}
			if s, err := f.LoadFull(run, 20); err != nil || s.SHA256() != small(20).SHA256() {
				t.Errorf("what the version before saved is not as it was: %v", err)
			}
		}
		f.Close()
	}
}

// A rebuilt project and a copy have thinned checkpoints as they were.
func TestThinnedCopies(t *testing.T) {
	f, run := thinned(t)
	if err := f.SaveAs(filepath.Join(t.TempDir(), "copy.ganvas")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "rows.ganvas")
	err := os.WriteFile(path, nil, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	err = f.read("copy", func(d *db) error {
		lost, err := d.copyTo(path)
		if len(lost) > 0 {
			t.Errorf("lost %v", lost)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for _, f := range []*File{f, rows} {
		if s, err := f.Load(run, 20); err != nil || s.SHA256() != core(20).SHA256() {
			t.Errorf("%s: another state, error %v", f.Path(), err)
		}
		if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
			t.Errorf("%s: damage %v, error %v", f.Path(), damage, err)
		}
	}
}
