package cases

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ganvas/engine/doctor"
)

// kept is a course as a file keeps it.
type kept struct {
	Stop  *doctor.Stop `json:"stop,omitempty"`
	Steps []int64      `json:"steps"`
	Texts []string     `json:"checkups"` // as Checkup.Text writes them
}

// course returns what becomes of a case with a seed: read from a folder if it is there, else
// trained and put there. Without a folder it is trained. What a doctor says can so be tried again
// after its rules were changed, in a second instead of half an hour; whoever changes the training
// empties the folder.
func (c *Case) course(ctx context.Context, seed uint64, folder string) (course, error) {
	if folder == "" {
		return c.train(ctx, seed)
	}
	name := filepath.Join(folder, fmt.Sprintf("%s-%d.json", c.Name, seed))
	content, err := os.ReadFile(name)
	switch {
	case err == nil:
		return c.read(seed, content)
	case !errors.Is(err, fs.ErrNotExist):
		return course{}, fmt.Errorf("case %s: %w", c.Name, err)
	}
	run, err := c.train(ctx, seed)
	if err != nil {
		return run, err
	}
	k := kept{Stop: run.stop}
	for i := range run.checkups {
		k.Steps, k.Texts = append(k.Steps, run.checkups[i].Step), append(k.Texts, run.checkups[i].Text())
	}
	if content, err = json.Marshal(k); err != nil {
		return run, fmt.Errorf("case %s: %w", c.Name, err)
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return run, fmt.Errorf("case %s: %w", c.Name, err)
	}
	return run, os.WriteFile(name, content, 0o666)
}

// read returns the course that a file keeps.
func (c *Case) read(seed uint64, content []byte) (course, error) {
	r, err := c.Recipe(seed)
	if err != nil {
		return course{}, err
	}
	var k kept
	if err := json.Unmarshal(content, &k); err != nil || len(k.Steps) != len(k.Texts) {
		return course{}, fmt.Errorf("case %s: what was kept of seed %d cannot be read: empty the folder", c.Name, seed)
	}
	run := course{recipe: r, stop: k.Stop}
	for i, text := range k.Texts {
		one, err := doctor.ParseCheckup(k.Steps[i], text)
		if err != nil {
			return run, fmt.Errorf("case %s: %w", c.Name, err)
		}
		run.checkups = append(run.checkups, one)
	}
	return run, nil
}
