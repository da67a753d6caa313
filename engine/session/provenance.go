package session

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/provenance"
	"ganvas/engine/recipe"
)

// Provenance returns what a picture says of the run that the session trains: of its generator at a
// step, the averaged one or the one that plays.
func (s *Session) Provenance(version string, step int64, averaged bool) (provenance.Source, error) {
	run, err := s.file.RunByID(s.RunID())
	if err != nil {
		return provenance.Source{}, err
	}
	return ProvenanceOf(version, s.Path(), run, s.Recipe(), s.Classes(), step, averaged), nil
}

// ProvenanceOf returns what a picture says of a run of the project at path.
func ProvenanceOf(version, path string, run ckpt.Run, r *recipe.Recipe, classes []string, step int64, averaged bool) provenance.Source {
	return provenance.Source{
		Version: version, Project: filepath.Base(path), Run: run.ID, Name: run.Name, Key: KeyOf(run), Step: step,
		Raw: !averaged && r.EMA > 0, Classes: classes, Recipe: string(PublicRecipe(r).Bytes()),
	}
}

// KeyOf returns a run's name in pictures.
func KeyOf(run ckpt.Run) string { return provenance.RunKey(run.ID, run.Created.UnixMilli()) }

// PublicRecipe returns a recipe that says of folders and files only their last name: it goes to
// others. Of a person's home folder, whose last name is that of the person, it says "home".
func PublicRecipe(r *recipe.Recipe) *recipe.Recipe {
	r = r.Clone()
	if !datasets.IsBuiltin(r.Data) {
		r.Data = lastName(r.Data)
	}
	r.From, r.Labels = lastName(r.From), lastName(r.Labels)
	return r
}

// NamesFolders tells whether a recipe says more of folders than PublicRecipe does.
func NamesFolders(r *recipe.Recipe) bool { return !bytes.Equal(r.Bytes(), PublicRecipe(r).Bytes()) }

// lastName returns the last name of a path of whatever system, as a text.
func lastName(path string) string {
	if home, err := os.UserHomeDir(); err == nil && path != "" && filepath.Clean(path) == filepath.Clean(home) {
		return "home"
	}
	path = strings.TrimRight(path, `/\`)
	return strings.ToValidUTF8(path[strings.LastIndexAny(path, `/\`)+1:], "\uFFFD")
}
