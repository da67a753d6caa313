package ckpt_test

import (
	"fmt"
	"os"
	"path/filepath"

	"ganvas/engine/ckpt"
)

// A project file is made, a state of training is saved in it, and another program reads that.
func ExampleFile() {
	dir, err := os.MkdirTemp("", "project")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "run.ganvas")

	f, err := ckpt.Create(path)
	if err != nil {
		panic(err)
	}
	run, err := f.NewRun(ckpt.Run{Name: "first", Recipe: "version = 1\n"})
	if err != nil {
		panic(err)
	}
	weights := &ckpt.State{Entries: []ckpt.Entry{{Name: "g.0.weight", DType: "F32", Shape: []int{1, 3}, F32: []float32{0.5, -1, 2}}}}
	if err := f.Save(ckpt.Save{Run: run, Step: 100, ImagesSeen: 6400, Kind: "stop", State: weights}); err != nil {
		panic(err)
	}
	if err := f.Close(); err != nil {
		panic(err)
	}

	f, err = ckpt.OpenReadOnly(path)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	current, err := f.RunByID(0)
	if err != nil {
		panic(err)
	}
	state, err := f.Load(current.ID, -1) // the newest
	if err != nil {
		panic(err)
	}
	fmt.Println(current.Name, "at step", current.Step)
	for _, e := range state.Entries {
		fmt.Println(e.Name, e.Shape, e.F32)
	}
	// Output:
	// first at step 100
	// g.0.weight [1 3] [0.5 -1 2]
}
