// Package generate is what the programs have in common that write generated files, such as
// assembly. It knows nothing of what they write.
package generate

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

// Main is the main function of a generator: write writes its files to a folder, which the flag -dir
// names.
func Main(write func(dir string) error) {
	dir := flag.String("dir", ".", "folder to write to")
	flag.Parse()
	if err := write(*dir); err != nil {
		log.Fatal(err)
	}
}

// Check returns an error unless write writes n files, and dir has each of them byte for byte.
// Temp is an empty folder to write to.
func Check(write func(dir string) error, n int, temp, dir string) error {
	if err := write(temp); err != nil {
		return err
	}
	files, err := os.ReadDir(temp)
	if err != nil {
		return err
	}
	if len(files) != n {
		return fmt.Errorf("the generator writes %d files, want %d", len(files), n)
	}
	var errs []error
	for _, f := range files {
		want, err := os.ReadFile(filepath.Join(temp, f.Name()))
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err == nil && !bytes.Equal(got, want) {
			err = fmt.Errorf("%s is not what the generator writes: run make generate", f.Name())
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
