// Program torture damages project files, thousands of times and each time the same way, and looks
// into them, samples them and trains on: nothing may panic, take more than five seconds, let the
// program grow beyond its limit, change a project by looking at it, or lose what was whole. It is
// run by make torture.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"ganvas/engine/torture"
)

func main() {
	count := flag.Int("count", 5000, "`projects` to damage")
	only := flag.Int("only", -1, "open the damaged project of this `number` alone, and keep it in the working directory")
	data := flag.String("data", "", "`folder` of intact projects: not for people")
	from := flag.Int("from", -1, "what a child process begins with: not for people")
	flag.Parse()
	if err := run(*data, *count, *only, *from); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

func run(data string, count, only, from int) error {
	if data == "" {
		dir, err := os.MkdirTemp("", "ganvas-intact-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if err := makeIntact(dir); err != nil {
			return err
		}
		data = dir
	}
	m, err := newMutator(data)
	if err != nil {
		return err
	}
	suite := &torture.Suite{
		What: fmt.Sprintf("damaged projects of %d intact ones", len(m.projects)), Count: count, Name: m.name, Try: m.try,
		Args: []string{"-data", data, "-count", strconv.Itoa(count)},
	}
	switch {
	case only >= 0:
		dir, err := filepath.Abs("torture-" + strconv.Itoa(only))
		if err != nil {
			return err
		}
		if err := m.write(only, dir); err != nil {
			return err
		}
		work, err := os.MkdirTemp("", "ganvas-torture-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(work)
		fmt.Println(m.name(only), "is kept in", dir)
		return suite.One(only, work)
	case from >= 0:
		return suite.Child(from)
	}
	return suite.Watch()
}
