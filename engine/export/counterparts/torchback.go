package main

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"ganvas/engine/export"
	"ganvas/engine/gan"
	"ganvas/engine/session"
)

// runGames are the games whose projects keep their data and are trained as a person does it.
func runGames() []string { return []string{"ring", "digits-conditional", "few-pictures"} }

// bringGamesBack imports what PyTorch has trained, goes on with it, and makes items.
func bringGamesBack(ctx context.Context, folder string) error {
	for _, name := range runGames() {
		dir := filepath.Join(folder, name)
		project := filepath.Join(dir, "run.ganvas")
		in, err := export.Import(ctx, project, 1, -1, filepath.Join(dir, "project"), "")
		if err != nil {
			return err
		}
		s, err := session.Open(ctx, project, session.Options{})
		if err != nil {
			return err
		}
		if err := trainTo(s, in.Step+2); err != nil {
			return err
		}
		after, err := export.Open(project, in.Run, -1)
		if err != nil {
			return err
		}
		n, err := after.Network(export.Generator, false)
		if err != nil {
			return err
		}
		g := gan.NewGenerator(n, after.Recipe.LatentKind)
		items := g.Render(g.Noise(1, items), items)
		if after.Step != in.Step+2 || slices.ContainsFunc(items, func(v float32) bool { return v != v || math.IsInf(float64(v), 0) }) {
			return fmt.Errorf("%s: step %d behind step %d, or items that are not finite", name, after.Step, in.Step)
		}
		fmt.Printf("%s: %d arrays are back at step %d, training went on to step %d, items are finite\n", name, in.Arrays, in.Step, after.Step)
	}
	return nil
}
