//! A folder of transcripts and an index, in a place that cleans itself up; the program; a server.

use std::{
    ffi::OsStr,
    fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take before a test gives up on it. No test measures time by it.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// The root of the repository. Tests start in `crates/cli`.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/cli lies two below the root").to_owned()
}

/// The program, to be run in `folder`, deaf to the variables of whoever runs the tests.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim"));
    command.current_dir(folder).env_remove("VERBATIM_INDEX").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

/// The program, to be run in `folder` by a user who owns nothing; `None`, said loudly, where no such user is to be had.
pub(crate) fn program_of_nobody(folder: &Path) -> Option<Command> {
    let ours = program(folder);
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(ours.get_program());
    let tried = Command::new(command.get_program()).args(command.get_args()).arg("--version").output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        skipped("another user: this takes root, and a program that others may run");
        return None;
    }
    command.current_dir(folder).env_remove("VERBATIM_INDEX").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    Some(command)
}

/// Asks again and again until there is an answer.
#[track_caller]
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < DEADLINE {
        if let Some(answer) = ask() {
            return answer;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("waited {DEADLINE:?} in vain: {what}");
}

/// Says that something could not be tried here.
pub(crate) fn skipped(what: &str) {
    tell(&format!("SKIPPED: {what}"));
}

/// Says something past the test runner, which would keep it to itself.
pub(crate) fn tell(what: &str) {
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(io::stderr(), "{what}");
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Output {
    /// What a command does.
    #[track_caller]
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::new(command.output().expect("the program starts"))
    }

    fn new(output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { status: code(output.status), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The JSON on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("no JSON: {error}: {self:?}"))
    }

    /// This output, which must have that status.
    #[track_caller]
    pub(crate) fn expect(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}

/// The exit status; -1 where a signal ended the process.
pub(crate) fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// A folder in which there is a folder of transcripts, `talks`, and perhaps its index, `index`.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        fs::create_dir(folder.path().join("talks")).expect("a new folder");
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A path below `talks`.
    pub(crate) fn talk(&self, name: &str) -> PathBuf {
        self.path().join("talks").join(name)
    }

    /// Writes a file below `talks`.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.talk(name);
        let parent = path.parent().expect("below `talks`");
        fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// Writes a transcript below `talks`: `id.md`, with a title and paragraphs.
    pub(crate) fn transcript(&self, id: &str, title: &str, text: &str) -> &Self {
        self.file(&format!("{id}.md"), format!("---\ntitle: \"{title}\"\n---\n\n## Transcription\n\n{text}\n"))
    }

    pub(crate) fn remove(&self, name: &str) -> &Self {
        let path = self.talk(name);
        fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// Runs the program here.
    pub(crate) fn verbatim<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Output {
        Output::of(program(self.path()).args(args))
    }

    /// Brings `index` in line with `talks`, and gives the report.
    #[track_caller]
    pub(crate) fn index(&self) -> Value {
        self.verbatim(["index", "talks", "--json"]).expect(0).json()
    }

    /// The answer to a query, all of it.
    #[track_caller]
    pub(crate) fn search_json(&self, query: &str) -> Answer {
        self.search_with(query, &["--limit", "1000"])
    }

    /// The ids in the index, sorted.
    #[track_caller]
    pub(crate) fn ids(&self) -> Vec<String> {
        let answer = self.search_json("");
        let mut ids: Vec<String> = answer.ids().iter().map(ToString::to_string).collect();
        ids.sort();
        ids
    }

    #[track_caller]
    pub(crate) fn search_with(&self, query: &str, options: &[&str]) -> Answer {
        let output = self.verbatim([&["search", "--json"], options, &["--", query]].concat());
        let answer = Answer(output.json());
        let expected = i32::from(answer.total() == 0);
        assert_eq!(output.status, expected, "{query}: {output:?}");
        answer
    }

    /// Starts the server here, with more arguments than the address.
    #[track_caller]
    pub(crate) fn serve(&self, args: &[&str]) -> Server {
        Server::start(self, args)
    }
}

/// What `search --json` and `/api/search` answer.
#[derive(Debug)]
pub(crate) struct Answer(pub(crate) Value);

impl Answer {
    pub(crate) fn total(&self) -> u64 {
        self.0["total"].as_u64().expect("`total` is a number")
    }

    pub(crate) fn results(&self) -> &[Value] {
        self.0["results"].as_array().expect("`results` is a list")
    }

    /// The ids of the results, best first.
    pub(crate) fn ids(&self) -> Vec<&str> {
        let ids = self.results().iter().map(|result| result["id"].as_str());
        ids.map(|id| id.expect("`id` is a text")).collect()
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids().contains(&id)
    }

    /// The result of that id.
    #[track_caller]
    pub(crate) fn result(&self, id: &str) -> &Value {
        let found = self.results().iter().find(|result| result["id"] == id);
        found.unwrap_or_else(|| panic!("{id} is not among the results {:?}", self.ids()))
    }

    /// What is lit in the passages of a result, one piece after the other.
    #[track_caller]
    pub(crate) fn lit(&self, id: &str) -> Vec<String> {
        snippets(self.result(id)).iter().flat_map(lit).collect()
    }

    pub(crate) fn notes(&self) -> Vec<&str> {
        let notes = self.0["notes"].as_array().expect("`notes` is a list");
        notes.iter().map(|note| note.as_str().expect("a note is a text")).collect()
    }

    /// The areas and their counts, in their order.
    pub(crate) fn areas(&self) -> Vec<(&str, u64)> {
        let areas = self.0["facets"]["area"].as_array().expect("`facets.area` is a list");
        let areas = areas.iter().map(|area| area["value"].as_str().zip(area["count"].as_u64()));
        areas.map(|area| area.expect("`value` is a text, `count` a number")).collect()
    }
}

/// The passages of a result.
pub(crate) fn snippets(result: &Value) -> &[Value] {
    result["snippets"].as_array().expect("`snippets` is a list")
}

/// The text of a passage.
pub(crate) fn text(snippet: &Value) -> &str {
    snippet["text"].as_str().expect("`text` is a text")
}

/// What is lit in a passage: `highlights` count Unicode scalar values, whatever the bytes.
#[track_caller]
pub(crate) fn lit(snippet: &Value) -> Vec<String> {
    let text: Vec<char> = text(snippet).chars().collect();
    let highlights = snippet["highlights"].as_array().expect("`highlights` is a list");
    let mut end = 0;
    let mut piece = |range: &Value| {
        let edge = |at: usize| usize::try_from(range[at].as_u64().expect("a number")).expect("small");
        let (from, to) = (edge(0), edge(1));
        assert!(end <= from && from < to && to <= text.len(), "{highlights:?} in {text:?}");
        end = to;
        text[from..to].iter().collect()
    };
    highlights.iter().map(&mut piece).collect()
}

/// A running program, and what it says.
pub(crate) struct Running {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

impl Running {
    #[track_caller]
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stdout = gather(child.stdout.take().expect("standard output is piped"));
        let stderr = gather(child.stderr.take().expect("standard error is piped"));
        Self { child, stdout, stderr }
    }

    /// What it has said on standard error so far.
    pub(crate) fn talk(&self) -> String {
        self.stderr.lock().expect("nobody panics with it").clone()
    }

    /// The whole lines it has written to standard output so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.stdout.lock().expect("nobody panics with it").lines().map(str::to_owned).collect()
    }

    /// Waits until it has said something on standard error, and fails where it ends before.
    #[track_caller]
    pub(crate) fn hear(&mut self, what: &str) -> String {
        until(what, || {
            let ended = self.child.try_wait().expect("a child can be asked");
            let talk = self.talk();
            assert!(ended.is_none() || talk.contains(what), "ended without saying {what:?}: {talk}");
            talk.contains(what).then_some(talk)
        })
    }

    /// Tells it to end, as service managers do.
    pub(crate) fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(status.expect("`kill` starts").success(), "the program cannot be told to end");
    }

    /// Ends it at once, as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits for the end.
    #[track_caller]
    pub(crate) fn wait(&mut self) -> i32 {
        let child = &mut self.child;
        code(until("the program ends", || child.try_wait().expect("a child can be asked")))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads lines in a thread of its own, for as long as there are any.
fn gather(pipe: impl io::Read + Send + 'static) -> Arc<Mutex<String>> {
    let heard = Arc::new(Mutex::new(String::new()));
    let gathered = Arc::clone(&heard);
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            heard.lock().expect("nobody panics with it").push_str(&format!("{line}\n"));
        }
    });
    gathered
}

/// A running `verbatim serve`, on a port of its own.
pub(crate) struct Server {
    running: Running,
    address: String,
    agent: ureq::Agent,
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Response {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON: {error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a header in ASCII"))
    }
}

impl Server {
    #[track_caller]
    fn start(folder: &Folder, args: &[&str]) -> Self {
        Self::run(program(folder.path()).args(["serve", "--listen", "127.0.0.1:0"]).args(args))
    }

    /// The server that a command starts.
    #[track_caller]
    pub(crate) fn run(command: &mut Command) -> Self {
        let mut running = Running::start(command);
        let talk = running.hear("Ctrl-C stops");
        let address = talk.split_once("http://").and_then(|(_, rest)| rest.split_once(','));
        let address = address.expect("the server says its address").0.to_owned();
        Self { running, address, agent: agent() }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What the server has said on standard error so far.
    pub(crate) fn talk(&self) -> String {
        self.running.talk()
    }

    /// Waits until the server has said something on standard error.
    #[track_caller]
    pub(crate) fn hear(&mut self, what: &str) -> String {
        self.running.hear(what)
    }

    /// Asks for a path.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Response {
        get(&self.agent, &self.address, path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Tells the server to end, as service managers do.
    pub(crate) fn terminate(&self) {
        self.running.terminate();
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.running.child.id()
    }

    /// Waits for the end.
    #[track_caller]
    pub(crate) fn wait(&mut self) -> i32 {
        self.running.wait()
    }
}

pub(crate) fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(Some(DEADLINE));
    config.build().new_agent()
}

/// Asks a server for a path.
pub(crate) fn get(agent: &ureq::Agent, address: &str, path: &str) -> Result<Response, ureq::Error> {
    let response = agent.get(format!("http://{address}{path}")).call()?;
    let (parts, mut body) = response.into_parts();
    Ok(Response { status: parts.status.as_u16(), headers: parts.headers, body: body.read_to_string()? })
}
