package cli

import (
	"errors"
	"io"

	"ganvas/engine/wholefile"
)

// modeOf says what becomes of a file that is there already.
func modeOf(force bool) wholefile.Mode { return wholefile.Mode(force) }

// refuseToReplace fails if a file cannot be written to path, because there is something and force
// does not let it be replaced, for instance. So nothing slow is done in vain.
func refuseToReplace(path string, force bool) error {
	return nameForce(wholefile.Check(path, modeOf(force)))
}

// writeFile lets write produce the content of path. The file appears whole or not at all, and
// replaces another only if force says so.
func writeFile(path string, force bool, write func(io.Writer) error) error {
	return nameForce(wholefile.Write(path, modeOf(force), write))
}

// nameForce names the flag that lets a file be replaced.
func nameForce(err error) error {
	var exists *wholefile.Error
	if errors.As(err, &exists) && exists.Replaceable {
		named := *exists
		named.Remedy = "choose another name, or say --force to replace it"
		return &named
	}
	return err
}
