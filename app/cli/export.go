package cli

import "io"

type exportCmd struct {
	Recipe exportRecipeCmd `cmd:"" help:"Write the recipe of the newest run as TOML, for \"ganvas train\"."`
}

type exportRecipeCmd struct {
	File  string `arg:"" name:"run.ganvas" help:"Project file."`
	Out   string `short:"o" required:"" placeholder:"RECIPE.toml" help:"File to write."`
	Force bool   `help:"Replace the file if it exists."`
}

// Run writes the recipe that the project holds.
func (c exportRecipeCmd) Run() error {
	in, err := inspect(c.File)
	if err != nil {
		return err
	}
	return writeFile(c.Out, c.Force, func(w io.Writer) error {
		_, err := w.Write(in.Recipe.Bytes())
		return err
	})
}
