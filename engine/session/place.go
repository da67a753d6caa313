package session

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// A recipe names its data by an absolute path. Of data that lie beside the project or below its
// folder the project also keeps the way from there, so that both can be moved together.

// RecipeOf returns the recipe of a run of a project, with its data where they lie now. A damaged
// one is an error that wraps ckpt.ErrDamaged.
func RecipeOf(f *ckpt.File, run ckpt.Run) (*recipe.Recipe, error) {
	if run.Damaged {
		return nil, fmt.Errorf("open %s: %w (recipe of run %d): use an older copy of the project", f.Path(), ckpt.ErrDamaged, run.ID)
	}
	r, err := recipe.Parse([]byte(run.Recipe), f.Path())
	if err != nil {
		return nil, err
	}
	record, err := recordIn(f, run.ID)
	if err != nil {
		return nil, err
	}
	r.Data = record.find(f.Path(), r.Data)
	return r, nil
}

// placeOf returns the way from a project to data that lie beside it or below its folder, with
// slashes; "" for others.
func placeOf(project, data string) string {
	if datasets.IsBuiltin(data) {
		return ""
	}
	dir, err := filepath.Abs(filepath.Dir(project))
	if err != nil {
		return ""
	}
	way, err := filepath.Rel(dir, data)
	if err != nil || !filepath.IsLocal(way) {
		return ""
	}
	return filepath.ToSlash(way)
}

// find returns where the data of a run lie: at the end of the way from the project, if there is
// something, and otherwise where its recipe says.
func (r dataRecord) find(project, data string) string {
	if datasets.IsBuiltin(data) {
		return data
	}
	dir, err := filepath.Abs(filepath.Dir(project))
	if err != nil {
		return data
	}
	if way := filepath.FromSlash(r.Place); r.Place != "" && filepath.IsLocal(way) {
		if path := filepath.Join(dir, way); exists(path) {
			return path
		}
	}
	if path := filepath.Join(dir, data); !filepath.IsAbs(data) && filepath.IsLocal(data) && exists(path) {
		return path
	}
	return data
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// recordIn returns what a project keeps of the data of a run, which runs of earlier versions do not
// have.
func recordIn(f *ckpt.File, run int64) (r dataRecord, err error) {
	text, err := f.Meta(recordKey(run))
	if err != nil || text == "" {
		return r, err
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return dataRecord{}, nil // it only serves to say what has changed, and to find data that were moved
	}
	return r, nil
}

// moved gives all runs of a project that was copied from old the ways to their data anew.
func moved(f *ckpt.File, old string) error {
	runs, err := f.Runs()
	if err != nil {
		return err
	}
	deleted, err := f.DeletedRuns() // which may be restored
	if err != nil {
		return err
	}
	for _, run := range append(runs, deleted...) {
		r, err := recipe.Parse([]byte(run.Recipe), f.Path())
		if run.Damaged || err != nil {
			continue // as it was
		}
		record, err := recordIn(f, run.ID)
		if err != nil {
			return err
		}
		data := record.find(old, r.Data)
		if data != r.Data {
			r.Data = data
			if err := f.SetRecipe(run.ID, string(r.Bytes())); err != nil {
				return err
			}
		}
		if place := placeOf(f.Path(), data); place != record.Place {
			record.Place = place
			if err := setRecord(f, run.ID, record); err != nil {
				return err
			}
		}
	}
	return nil
}

func setRecord(f *ckpt.File, run int64, r dataRecord) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return f.SetMeta(recordKey(run), string(text))
}
