package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// tiny is a run of a fraction of a second.
const tiny = `
name = "tiny"
data = %q
batch = 8
latent = 2
steps = 100
ema = 0.9
[g]
layers = ["linear 8", "bn", "relu", "linear 2"]
[d]
layers = ["linear 8", "lrelu 0.2", "linear 1"]
`

// makeIntact writes projects into a folder, the same each time: of two recipes, of today's version
// and of the one before checksums, and the journal of an interrupted save of each.
func makeIntact(dir string) error {
	for i, data := range []string{"ring", "moons"} {
		path := filepath.Join(dir, data+".ganvas")
		if err := makeProject(path, data, int64(4+40*i)); err != nil {
			return fmt.Errorf("make %s: %w", path, err)
		}
		old := filepath.Join(dir, data+"-old.ganvas")
		if err := errors.Join(copyFile(path, old), makeOld(old)); err != nil {
			return fmt.Errorf("make %s: %w", old, err)
		}
		if err := makeJournal(path, filepath.Join(dir, data+".journal")); err != nil {
			return fmt.Errorf("make the journal of %s: %w", path, err)
		}
	}
	return nil
}

// makeProject writes a project with everything that one can hold.
func makeProject(path, data string, steps int64) error {
	r, err := recipe.Parse(fmt.Appendf(nil, tiny, data), "tiny.toml")
	if err != nil {
		return err
	}
	s, err := session.Create(context.Background(), r, nil, path+".made", session.Options{})
	if err != nil {
		return err
	}
	defer os.Remove(path + ".made")
	f, err := ckpt.Create(path)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	f.Now = func() time.Time { return time.UnixMilli(1_800_000_000_000) }
	run, err := f.NewRun(ckpt.Run{Name: data, Recipe: string(r.Bytes()), DataFingerprint: s.Data().Info().Fingerprint})
	if err == nil {
		err = f.SetMetricNames(run, session.MetricNames)
	}
	for step := int64(0); step <= steps && err == nil; step += 4 {
		if step > 0 {
			s.TrainUntil(step)
			err = s.Wait()
		}
		state := s.State()
		err = errors.Join(err, f.Save(ckpt.Save{
			Run: run, Step: step, Kind: "auto", State: state, Core: average(state), Full: -1, Metrics: rows(step),
			Events: []ckpt.Event{{Step: step, Kind: doctor.StopKind, Text: "a loss is not finite"}, {Step: step, Kind: "set", Text: "g.lr = 0.001"}},
			Sheets: []ckpt.Sheet{{Step: step, PNG: make([]byte, 6000)}},
		}))
	}
	if err == nil {
		_, err = f.PutLatent(ckpt.Latent{Name: "find", Run: run, Step: steps, Z: []float32{1, 2}, Thumb: make([]byte, 100)})
	}
	return errors.Join(err, f.PutJudgement(run, ckpt.Judgement{Step: steps, Key: "key", Text: "text"}), f.SetMeta("key", "value"), f.SetRunNote(run, "a note"), s.Close(), f.Close())
}

// average returns how many entries of a state, its first, are of the averaged generator.
func average(s *ckpt.State) (n int) {
	for strings.HasPrefix(s.Entries[n].Name, "ema.") {
		n++
	}
	return n
}

// rows are the metrics of the four steps before one.
func rows(step int64) (list []ckpt.MetricRow) {
	for i := max(0, step-4); i < step; i++ {
		list = append(list, ckpt.MetricRow{Step: i, Values: make([]float32, len(session.MetricNames))})
	}
	return list
}

// summed are the tables that have checksums.
var summed = []string{"run", "checkpoint", "metric_block", "event", "sheet", "latent", "judgement"}

// makeOld makes a project one of the version before checksums.
func makeOld(path string) error {
	script := "PRAGMA user_version = 2;"
	for _, table := range summed {
		script += "ALTER TABLE " + table + " DROP COLUMN sum;"
	}
	script += "DROP TABLE run_note;"
	for _, column := range []string{"class", "part", "points"} {
		script += "ALTER TABLE latent DROP COLUMN " + column + ";"
	}
	for _, column := range []string{"core", "core_sha256", "thinned"} {
		script += "ALTER TABLE checkpoint DROP COLUMN " + column + ";"
	}
	return withDatabase(path, func(c *sqlite.Conn) error { return sqlitex.ExecuteScript(c, script, nil) })
}

// makeJournal writes the journal that an interrupted save of a copy of a project leaves.
func makeJournal(path, journal string) error {
	work := journal + ".made"
	if err := copyFile(path, work); err != nil {
		return err
	}
	defer os.Remove(work)
	return withDatabase(work, func(c *sqlite.Conn) error {
		for _, text := range []string{
			"PRAGMA cache_size = 1", "BEGIN IMMEDIATE", "UPDATE checkpoint_part SET data = zeroblob(length(data))",
			"INSERT INTO sheet (run, step, png) VALUES (1, 1000, zeroblob(60000))",
		} {
			if err := sqlitex.ExecuteTransient(c, text, nil); err != nil {
				return err
			}
		}
		return errors.Join(copyFile(work+"-journal", journal), sqlitex.ExecuteTransient(c, "ROLLBACK", nil))
	})
}

func withDatabase(path string, use func(*sqlite.Conn) error) error {
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		return err
	}
	return errors.Join(use(c), c.Close())
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o644)
}
