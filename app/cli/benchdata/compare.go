package main

import (
	_ "embed" // for the script
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

//go:embed torchvision.py
var torchvision string

// compare measures the first scan and decode of emoji and of photos, alternately with torchvision
// where there is one.
func compare(dir string, photos, rounds int) error {
	python := os.Getenv("GANVAS_PEERS")
	folders := map[string]string{"emoji": filepath.Join(dir, "emoji"), "photos": filepath.Join(dir, "photos")}
	if err := makeEmoji(folders["emoji"]); err != nil {
		return err
	}
	if err := makePhotos(folders["photos"], photos); err != nil {
		return err
	}
	fmt.Printf("\n%-10s %8s %18s %22s %8s\n", "to 64×64", "files", "Ganvas, files/s", "torchvision, files/s", "ratio")
	for _, job := range []string{"emoji", "photos"} {
		var ours, theirs []float64
		items := 0
		for round := range rounds {
			o, err := run(job, folders[job], filepath.Join(dir, fmt.Sprintf("home-%s-%d", job, round)))
			if err != nil {
				return err
			}
			ours, items = append(ours, o.Rate), o.Items
			if python == "" {
				continue
			}
			cmd := exec.Command(python, "-c", torchvision, folders[job], "64")
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				return fmt.Errorf("%s: %w", python, err)
			}
			if err := json.Unmarshal(out, &o); err != nil {
				return err
			}
			theirs = append(theirs, o.Rate)
		}
		// The best of each: what other programs take away is no property of either.
		line := fmt.Sprintf("%-10s %8d %18.0f", job, items, slices.Max(ours))
		if len(theirs) > 0 {
			line += fmt.Sprintf(" %22.0f %8.2f", slices.Max(theirs), slices.Max(ours)/slices.Max(theirs))
		}
		fmt.Println(line)
	}
	return nil
}
