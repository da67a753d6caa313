// Program torture damages files of every format that Ganvas reads, thousands of times and each time
// the same way, and opens them: nothing may panic, take more than five seconds, or let the program
// grow beyond its limit, and intact pictures beside a damaged file still load. It is run by make
// torture.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/torture"
)

func main() {
	count := flag.Int("count", 10_000, "`files` to damage")
	only := flag.Int("only", -1, "open the damaged file of this `number` alone, and keep it in the working directory")
	data := flag.String("data", "datasets/testdata", "`folder` of intact files")
	from := flag.Int("from", -1, "what a child process begins with: not for people")
	flag.Parse()
	if err := run(*data, *count, *only, *from); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

func run(data string, count, only, from int) error {
	m, err := newMutator(data)
	if err != nil {
		return err
	}
	suite := &torture.Suite{
		What: fmt.Sprintf("damaged files of %d intact ones", len(m.files)), Count: count, Name: m.name,
		Try:  func(i int, dir string) string { return try(m, i, dir) },
		Args: []string{"-data", data, "-count", strconv.Itoa(count)},
	}
	switch {
	case only >= 0:
		damaged, name := m.damaged(only)
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			return err
		}
		return suite.One(only, os.TempDir())
	case from >= 0:
		return suite.Child(from)
	}
	return suite.Watch()
}

// try opens a damaged file on its own and in a folder with intact pictures.
func try(m *mutator, i int, dir string) string {
	damaged, name := m.damaged(i)
	folder := filepath.Join(dir, "pets")
	file := filepath.Join(folder, name)
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o755), os.WriteFile(file, damaged, 0o600)); err != nil {
		return "cannot: " + err.Error()
	}
	verdict := open(file)
	if verdict != torture.Opened && verdict != torture.Refused {
		return verdict
	}
	for k, picture := range m.intact {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("intact-%d.png", k)), picture, 0o600); err != nil {
			return "cannot: " + err.Error()
		}
	}
	if strings.HasSuffix(name, ".bin") { // a folder of CIFAR's files is that, and pictures beside them are not
		return verdict
	}
	set, err := datasets.Open(context.Background(), folder, datasets.Options{Size: 16, Channels: 3}, nil)
	if err != nil || set.Len() < len(m.intact) {
		return strings.ReplaceAll(fmt.Sprint("intact pictures beside it do not load: ", err), "\n", " ")
	}
	return verdict
}

func open(file string) string {
	set, err := datasets.Open(context.Background(), file, datasets.Options{Tables: true}, nil)
	switch {
	case err != nil && slices.Contains([]byte(err.Error()), '\n'):
		return "an error of more than a line"
	case err != nil:
		return torture.Refused
	}
	if set.Info().Kind != datasets.Table {
		if _, err := datasets.Examine(context.Background(), set, nil); err != nil {
			return torture.Refused
		}
	}
	return torture.Opened
}
