// ganvas.com is what "ganvas" in a terminal starts. Ganvas.exe belongs to the window subsystem, so that a double click opens no console, and
// terminals do not wait for such programs. This one starts it with the same arguments, waits, and ends with its exit status. Ganvas.exe attaches
// itself to the terminal and gets Ctrl-C from there.
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

// rest returns the arguments: what follows the program's own name on a command line.
static const wchar_t *rest(const wchar_t *line) {
	int quoted = 0;
	for (; *line && (quoted || (*line != L' ' && *line != L'\t')); line++)
		if (*line == L'"')
			quoted = !quoted;
	return line;
}

// leave lets the program that was started decide what a Ctrl-C does.
static BOOL WINAPI leave(DWORD event) {
	(void)event;
	return TRUE;
}

static int fail(const wchar_t *what) {
	fwprintf(stderr, L"ganvas: start Ganvas.exe: %ls (error %lu)\n", what, GetLastError());
	return 1;
}

int wmain(void) {
	static wchar_t program[32768], line[65536];
	DWORD n = GetModuleFileNameW(NULL, program, 32768);
	wchar_t *name = wcsrchr(program, L'\\');
	if (n == 0 || n >= 32700 || name == NULL)
		return fail(L"its folder is not known");
	wcscpy(name + 1, L"Ganvas.exe");
	if (_snwprintf(line, 65536, L"\"%ls\"%ls", program, rest(GetCommandLineW())) < 0)
		return fail(L"the command is too long");

	SetConsoleCtrlHandler(leave, TRUE);
	STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
	start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
	start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
	start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
	PROCESS_INFORMATION process;
	if (!CreateProcessW(program, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
		return fail(L"it must lie beside ganvas.com");
	WaitForSingleObject(process.hProcess, INFINITE);
	DWORD status = 1;
	GetExitCodeProcess(process.hProcess, &status);
	return (int)status;
}
