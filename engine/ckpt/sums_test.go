package ckpt

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// rich returns a closed project with everything that a project can hold.
func rich(t *testing.T) (path string, run int64) {
	t.Helper()
	f := newFile(t)
	run = newRun(t, f)
	err := f.SetMetricNames(run, []string{"a", "b"})
	for step := int64(10); step <= 20 && err == nil; step += 10 {
		err = f.Save(Save{
			Run: run, Step: step, Kind: "manual", State: small(step),
			Metrics: []MetricRow{{step - 1, []float32{1, 2}}, {step, []float32{3, 4}}},
			Events:  []Event{{step, "set", "g.lr = 1"}}, Sheets: []Sheet{{step, []byte("a picture")}},
		})
	}
	if err == nil {
		_, err = f.PutLatent(Latent{Name: "find", Run: run, Z: []float32{1, 2}, Thumb: []byte("a thumb")})
	}
	err = errors.Join(err, f.PutJudgement(run, Judgement{Step: 10, Key: "k", Text: "text"}), f.Close())
	if err != nil {
		t.Fatal(err)
	}
	return f.Path(), run
}

// What is read of a project with everything: how many rows of metrics, events, sheets, latents and
// judgements.
func counts(t *testing.T, f *File, run int64) string {
	t.Helper()
	m, err1 := f.Metrics(run, 0)
	e, err2 := f.Events(run)
	s, err3 := f.Sheets(run)
	l, err4 := f.Latents()
	j, err5 := f.Judgements(run)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Error(err)
	}
	return fmt.Sprint(len(m), len(e), len(s), len(l), len(j))
}

// A damaged row is left out with a warning, is found by Verify, and keeps nothing else from being
// read or saved.
func TestDamagedRows(t *testing.T) {
	for _, c := range []struct{ change, counts, found string }{
		{"SELECT 1", "4 2 2 1 1", ""},
		{"UPDATE metric_block SET data = CAST(x'01' || zeroblob(length(data) - 1) AS BLOB) WHERE first_step = 9", "2 2 2 1 1", "1 of the blocks of metrics"},
		{"UPDATE metric_block SET last_step = 4611686018427387904 WHERE first_step = 9", "2 2 2 1 1", "1 of the blocks of metrics"},
		{"UPDATE metric_block SET run = 5 WHERE first_step = 9", "2 2 2 1 1", "1 of the blocks of metrics"},
		{"UPDATE event SET text = 'g.lr = 2' WHERE step = 10", "4 1 2 1 1", "1 of the events"},
		{"UPDATE event SET step = 11", "4 0 2 1 1", "2 of the events"},
		{"UPDATE sheet SET png = 'a Picture'", "4 2 0 1 1", "2 of the contact sheets"},
		{"UPDATE latent SET z = zeroblob(8)", "4 2 2 0 1", "1 of the saved finds"},
		{"UPDATE judgement SET text = 'Text'", "4 2 2 1 0", "1 of the judgements"},
		{"UPDATE run SET recipe = recipe || ' '", "4 2 2 1 1", "recipe of run 1"},
		{"UPDATE checkpoint SET images_seen = 9 WHERE step = 10", "4 2 2 1 1", "description of the checkpoint of step 10 of run 1"},
		{"UPDATE checkpoint_part SET data = zeroblob(length(data)) WHERE checkpoint = 1", "4 2 2 1 1", "checkpoint of step 10 of run 1"},
	} {
		path, run := rich(t)
		f, err := Open(path)
		if err == nil {
			err = f.update("damage", func(d *db) error { return d.exec(c.change) })
		}
		if err != nil {
			t.Fatal(err)
		}
		damage, err := f.Verify(nil)
		found := make([]string, len(damage))
		for i, d := range damage {
			found[i] = d.What
		}
		if got := strings.Join(found, ", "); got != c.found || err != nil {
			t.Errorf("%s: Verify found %q, want %q, error %v", c.change, got, c.found, err)
		}
		if got := counts(t, f, run); got != c.counts {
			t.Errorf("%s: %s rows, want %s", c.change, got, c.counts)
		}
		// Of a block that says it is another run's nothing is missed while this run is read.
		silent := c.counts == "4 2 2 1 1" || strings.Contains(c.change, "run = 5")
		if got := f.Warnings(); silent != (len(got) == 0) || len(got) > 2 {
			t.Errorf("%s: warnings %q", c.change, got)
		}
		if s, err := f.Load(run, 20); err != nil || s.SHA256() != small(20).SHA256() {
			t.Errorf("%s: the weights are not read: %v", c.change, err)
		}
		// From the damaged step on, and after the newest.
		for _, step := range []int64{10, 30} {
			err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: small(step), Metrics: []MetricRow{{step, []float32{5, 6}}}})
			if err != nil {
				t.Errorf("%s: save step %d: %v", c.change, step, err)
			}
		}
		if rows, err := f.Metrics(run, 30); err != nil || len(rows) != 1 {
			t.Errorf("%s: %d new rows, error %v", c.change, len(rows), err)
		}
		f.Close()
	}
}

// Every change of a row keeps its checksum right.
func TestSumsFollow(t *testing.T) {
	path, run := rich(t)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	id := int64(1)
	_, err = f.PutLatent(Latent{ID: id, Name: "another", Z: []float32{3}})
	err = errors.Join(err,
		f.SetRecipe(run, "version = 1"), f.SetDataFingerprint(run, "x"), f.SetMetricNames(run, []string{"a", "b", "c"}),
		f.PutJudgement(run, Judgement{Step: 10, Key: "k", Text: "other"}),
		f.Save(Save{Run: run, Step: 20, Kind: "pause", State: small(20), ImagesSeen: 7, Sheets: []Sheet{{20, nil}}}),
		f.Save(Save{Run: run, Step: 25, Recipe: "version = 2", Events: []Event{{25, "", ""}}}),
		f.Rewind(run, 10))
	if err != nil {
		t.Fatal(err)
	}
	if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
		t.Errorf("damage %v, error %v", damage, err)
	}
}

// A project of before the checksums is read as it is, whether for reading or for training, and gets
// them for what is new.
func TestBeforeSums(t *testing.T) {
	old := func(t *testing.T) string {
		path, _ := rich(t)
		d, err := connect(path, openReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"run", "checkpoint", "metric_block", "event", "sheet", "latent", "judgement"} {
			err = errors.Join(err, d.script("ALTER TABLE "+table+" DROP COLUMN sum"))
		}
		for _, column := range []string{"class", "part", "points"} {
			err = errors.Join(err, d.script("ALTER TABLE latent DROP COLUMN "+column))
		}
		for _, column := range []string{"core", "core_sha256", "thinned"} {
			err = errors.Join(err, d.script("ALTER TABLE checkpoint DROP COLUMN "+column))
		}
		err = errors.Join(err, d.script("DROP TABLE run_note"))
		if err := errors.Join(err, d.script("PRAGMA user_version = 2"), d.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		f, err := opener(old(t))
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(t, f, 1); got != "4 2 2 1 1" || len(f.Warnings()) > 0 {
			t.Errorf("%s rows, warnings %q", got, f.Warnings())
		}
		if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
			t.Errorf("damage %v, error %v", damage, err)
		}
		if s, err := f.Load(1, -1); err != nil || s.SHA256() != small(20).SHA256() {
			t.Errorf("another state, error %v", err)
		}
		if !f.ReadOnly() {
			err = f.Save(Save{Run: 1, Step: 30, Events: []Event{{30, "a", "b"}}})
			sums := int64(0)
			if err == nil {
				err = f.read("read", func(d *db) (err error) {
					sums, err = d.int("SELECT (SELECT count(sum) FROM event) + (SELECT count(sum) FROM run)")
					return err
				})
			}
			if err != nil || sums != 2 {
				t.Errorf("%d checksums after a save, want 2, error %v", sums, err)
			}
		}
		f.Close()
	}
}

// Rows that no Ganvas writes are damaged too where there is no checksum to tell.
func TestImpossibleMetrics(t *testing.T) {
	ok := packRows([]MetricRow{{1, []float32{1}}, {2, []float32{2}}})
	back := slices.Clone(ok)
	back[0] = 0 // the second step is the first again
	for _, b := range []metricBlock{
		{first: 1, last: 2, rows: 2, width: 1, data: back, whole: true},
		{first: -1, last: 2, rows: 2, width: 1, data: ok, whole: true},
		{first: 2, last: 1, rows: 2, width: 1, data: ok, whole: true},
		{first: 1, last: 1, rows: 2, width: 1, data: ok, whole: true},
		{first: 1, last: 2, rows: 1 << 60, width: 1 << 60, data: ok, whole: true},
		{first: 1, last: 2, rows: 2, width: 1, data: ok},
	} {
		if _, err := b.unpack(nil, 1, 0); !errors.Is(err, ErrDamaged) {
			t.Errorf("%+v: error %v", b, err)
		}
	}
	b := metricBlock{first: 1, last: 2, rows: 2, width: 1, data: ok, whole: true}
	if rows, err := b.unpack(nil, 1, 0); err != nil || len(rows) != 2 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
}
